import { systemRuntime, type Runtime } from '../../src/runtime.ts';

/** The real clock, `aheadMs` ahead, with pauses a thousand times as short: for tests against a real service. */
export function briskRuntime(aheadMs = 0): Runtime {
  return {
    now: () => systemRuntime.now() + aheadMs,
    elapsedMs: systemRuntime.elapsedMs,
    random: systemRuntime.random,
    sleep: (ms, signal) => systemRuntime.sleep(ms / 1000, signal),
  };
}
