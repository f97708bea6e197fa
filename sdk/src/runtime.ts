import { unlessAborted } from './unless-aborted.ts';

/** What the SDK takes from its surroundings: replaced in tests, so that no test waits for real time. */
export interface Runtime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** At least 0, below 1. */
  random(): number;
}

/** The clock and the chance of the machine. */
export const systemRuntime: Runtime = { now: () => Date.now(), sleep, random: () => Math.random() };

/** The longest time a timer knows, 24.8 days: it takes a longer one, or `Infinity`, for none at all. */
export const timerMsMax = 2 ** 31 - 1;

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.min(ms, timerMsMax));
  return unlessAborted(promise, signal).finally(() => clearTimeout(timer));
}
