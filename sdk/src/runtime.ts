/** What the SDK uses of the platform. Tests replace it, so that they do not have to wait. */
export interface Runtime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds on a clock that nobody sets: for measuring how long something takes. */
  elapsedMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason if it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A random number from 0 up to, but not including, 1. */
  random(): number;
}

export const systemRuntime: Runtime = {
  now: () => Date.now(),
  elapsedMs: () => performance.now(),
  sleep,
  random: () => Math.random(),
};

/** The longest delay of a timer, 24.8 days. With a longer one, or `Infinity`, it would fire immediately. */
export const timerMsMax = 2 ** 31 - 1;

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(ms, timerMsMax));
  });
  return unlessAborted(elapsed, signal).finally(() => clearTimeout(timer));
}

/** The promise's result, or the signal's reason as soon as it is aborted. The promise itself continues. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  // A signal of its own: Node warns of a leak when many listeners are on one.
  const own = AbortSignal.any([signal]);
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(own.reason);
    own.addEventListener('abort', onAbort, { once: true });
    if (own.aborted) onAbort();
    promise.then(resolve, reject).finally(() => own.removeEventListener('abort', onAbort));
  });
}
