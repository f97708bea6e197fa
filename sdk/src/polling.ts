import { PartnerCenterError } from './errors.ts';
import { timerMsMax, type Runtime } from './runtime.ts';

/** How to wait for something that takes its time. */
export interface WaitOptions<T> {
  /** Ends the wait; its reason is thrown. What runs on the server runs on. */
  readonly signal?: AbortSignal | undefined;
  /** For the whole wait. Default: 30 minutes. */
  readonly timeoutMs?: number | undefined;
  /** Told each state that was seen, the last one too. */
  readonly onProgress?: ((state: T) => void) | undefined;
  /** The first pause between two looks; later ones are longer. Default: 500. */
  readonly intervalMs?: number | undefined;
  /** The longest pause between two looks. Default: 10,000. */
  readonly intervalMsMax?: number | undefined;
}

/** The wait's own time was up. What was waited for may still finish: ask again later. */
export class WaitTimeoutError extends PartnerCenterError {
  override name = 'WaitTimeoutError';
  /** What was seen last; undefined if nothing was. */
  readonly lastState: unknown;

  constructor(timeoutMs: number, lastState: unknown) {
    super(`Not finished after ${timeoutMs} ms. It may still be running; ask again later.`);
    this.lastState = lastState;
  }
}

/** How to look at what is waited for. */
export interface Watched<T> {
  readonly look: (signal: AbortSignal) => Promise<T>;
  readonly isFinished: (state: T) => boolean;
  readonly runtime: Runtime;
}

const defaultTimeoutMs = 30 * 60_000;

/** The maximum time for a last read when the timeout has expired. */
const lastLookMs = 1000;

/**
 * Looks until it is finished, with a pause after every look, whatever the look showed. Throws a `WaitTimeoutError`
 * when the time is up, the signal's reason when aborted, and what `look` throws.
 */
export async function waitFor<T>(watched: Watched<T>, options: WaitOptions<T> = {}): Promise<T> {
  const { look, isFinished, runtime } = watched;
  const { signal, timeoutMs = defaultTimeoutMs, intervalMs = 500, intervalMsMax = 10_000 } = options;
  const deadline = runtime.now() + timeoutMs;
  let pauseMs = Math.max(1, intervalMs);
  let state: T | undefined;
  for (;;) {
    signal?.throwIfAborted();
    const limit = limitLook(signal, deadline - runtime.now());
    state = await look(limit.signal)
      .catch((error: unknown) => {
        throw limit.isReached() ? new WaitTimeoutError(timeoutMs, state) : error;
      })
      .finally(limit.end);
    options.onProgress?.(state);
    if (isFinished(state)) return state;
    const leftMs = deadline - runtime.now();
    if (leftMs <= 0) throw new WaitTimeoutError(timeoutMs, state);
    await runtime.sleep(Math.min(pauseMs, leftMs), signal);
    pauseMs = Math.min(pauseMs * 1.5, Math.max(intervalMsMax, intervalMs));
  }
}

/** A service that hangs, or asks to come back much later, must not hold up the end of the wait. */
function limitLook(signal: AbortSignal | undefined, leftMs: number) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), Math.min(Math.max(leftMs, lastLookMs), timerMsMax));
  return {
    signal: signal ? AbortSignal.any([signal, limit.signal]) : limit.signal,
    isReached: () => limit.signal.aborted && !signal?.aborted,
    end: () => clearTimeout(timer),
  };
}
