import type { Runtime } from '../../src/runtime.ts';

/** A clock that only moves when someone sleeps, and then at once. `slept` lists the pauses in milliseconds. */
export function instantRuntime(start = Date.UTC(2026, 0, 1)): Runtime & { readonly slept: number[] } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    elapsedMs: () => now - start,
    random: () => 0.5,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
      // A turn for the network.
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    },
  };
}
