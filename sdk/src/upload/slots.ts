import { unlessAborted } from '../unless-aborted.ts';

/** Lets a fixed number in at a time; the others wait in line. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves when a slot is the caller's, who gives it back with `release`. Rejects with the signal's reason. */
  async acquire(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    const { promise, resolve: enter } = Promise.withResolvers<void>();
    this.#waiting.push(enter);
    await unlessAborted(promise, signal).catch((reason: unknown) => {
      const place = this.#waiting.indexOf(enter);
      // Already let in when the signal came: the slot goes to the next.
      if (place === -1) this.release();
      else this.#waiting.splice(place, 1);
      throw reason;
    });
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
