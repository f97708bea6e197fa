import type { ProgressState } from './progress.ts';

/** Devices a second and the time left, from the first state that was seen on. */
export class Rate {
  #startMs: number | undefined;
  #startDone = 0;

  /** `leftMs` is undefined until there is something to go by. */
  measure(state: ProgressState, nowMs: number): { perSecond: number; leftMs: number | undefined } {
    const done = doneOf(state);
    // What an earlier run did must not count as done in no time.
    if (this.#startMs === undefined) {
      this.#startMs = nowMs;
      this.#startDone = done;
    }
    const elapsedMs = nowMs - this.#startMs;
    const perSecond = elapsedMs > 0 ? ((done - this.#startDone) / elapsedMs) * 1_000 : 0;
    const left = state.total - done;
    return { perSecond, leftMs: perSecond > 0 ? (left / perSecond) * 1_000 : undefined };
  }
}

/** Half a device is done when it is accepted, all of it when it has an outcome. */
function doneOf({ accepted, finished }: ProgressState): number {
  return (Math.max(accepted, finished) + finished) / 2;
}
