import { PartnerCenterError } from './errors.ts';
import { timerMsMax, type Runtime } from './runtime.ts';

/** Options for waiting. */
export interface WaitOptions<T> {
  /** Ends the wait; its reason is thrown. Jobs in the service continue. */
  readonly signal?: AbortSignal | undefined;
  /** The maximum time for the whole wait. Default: 30 minutes. */
  readonly timeoutMs?: number | undefined;
  /** Called with each state that is read, including the last one. */
  readonly onProgress?: ((state: T) => void) | undefined;
  /** The first pause between two reads; later pauses are longer. Default: 500. */
  readonly intervalMs?: number | undefined;
  /** The longest pause between two reads. Default: 10,000. */
  readonly intervalMsMax?: number | undefined;
}

/** The wait timed out. The job may still finish later. */
export class WaitTimeoutError extends PartnerCenterError {
  override name = 'WaitTimeoutError';
  /** The last state that was read; undefined if there was none. */
  readonly lastState: unknown;

  constructor(timeoutMs: number, lastState: unknown) {
    super(`Not finished after ${timeoutMs} ms. It may still be running; ask again later.`);
    this.lastState = lastState;
  }
}

/** How to read the state that is waited for. */
export interface Watched<T> {
  /** A service that can is asked to wait this long for the end before it answers. */
  readonly look: (signal: AbortSignal, waitSeconds: number) => Promise<T>;
  /** Whether the service did so at the last look: then the next one need not wait as well. */
  readonly hasWaited?: () => boolean;
  readonly isFinished: (state: T) => boolean;
  readonly runtime: Runtime;
}

const defaultTimeoutMs = 30 * 60_000;

/** The longest wait that a service is asked for: Muster grants no longer one. */
const waitSecondsMax = 50;

/** The maximum time for a last read when the timeout has expired. */
const lastLookMs = 1000;

/**
 * Looks until it is finished, with a pause after every look, whatever the look showed; the time that the service has
 * waited counts as pause. Throws a `WaitTimeoutError` when the time is up, the signal's reason when aborted, and what
 * `look` throws.
 */
export async function waitFor<T>(watched: Watched<T>, options: WaitOptions<T> = {}): Promise<T> {
  const { look, isFinished, hasWaited, runtime } = watched;
  const { signal, timeoutMs = defaultTimeoutMs, intervalMs = 500, intervalMsMax = 10_000 } = options;
  const deadline = runtime.elapsedMs() + timeoutMs;
  let pauseMs = Math.max(1, intervalMs);
  let state: T | undefined;
  for (;;) {
    signal?.throwIfAborted();
    const lookedAt = runtime.elapsedMs();
    const limit = limitLook(signal, deadline - lookedAt);
    state = await look(limit.signal, toWaitSeconds(deadline - lookedAt, { pauseMs, ...options }))
      .catch((error: unknown) => {
        throw limit.isReached() ? new WaitTimeoutError(timeoutMs, state) : error;
      })
      .finally(limit.end);
    options.onProgress?.(state);
    if (isFinished(state)) return state;
    const leftMs = deadline - runtime.elapsedMs();
    if (leftMs <= 0) throw new WaitTimeoutError(timeoutMs, state);
    const waitedMs = hasWaited?.() ? runtime.elapsedMs() - lookedAt : 0;
    if (waitedMs < pauseMs) await runtime.sleep(Math.min(pauseMs - waitedMs, leftMs), signal);
    pauseMs = Math.min(pauseMs * 1.5, Math.max(intervalMsMax, intervalMs));
  }
}

/** The answer should arrive before the end of the wait, and not keep progress from being told for longer than a pause. */
function toWaitSeconds(
  leftMs: number,
  { pauseMs, onProgress }: Pick<WaitOptions<never>, 'onProgress'> & { pauseMs: number },
): number {
  const wantedMs = onProgress ? Math.max(pauseMs, 1000) : waitSecondsMax * 1000;
  return Math.max(0, Math.floor(Math.min(wantedMs, leftMs - lastLookMs, waitSecondsMax * 1000) / 1000));
}

/** A service that hangs, or sends a long `Retry-After`, must not delay the end of the wait. */
function limitLook(signal: AbortSignal | undefined, leftMs: number) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), Math.min(Math.max(leftMs, lastLookMs), timerMsMax));
  return {
    signal: signal ? AbortSignal.any([signal, limit.signal]) : limit.signal,
    isReached: () => limit.signal.aborted && !signal?.aborted,
    end: () => clearTimeout(timer),
  };
}
