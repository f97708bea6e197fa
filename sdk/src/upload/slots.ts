import { unlessAborted } from '../runtime.ts';

/** Limits the number of simultaneous tasks. The others wait in order. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves when the caller has a slot, which it must return with `release`. Rejects with the signal's reason. */
  async acquire(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    const entered = new Promise<void>((resolve) => this.#waiting.push(resolve));
    const enter = this.#waiting.at(-1);
    await unlessAborted(entered, signal).catch((reason: unknown) => {
      const place = this.#waiting.findIndex((waiting) => waiting === enter);
      // The caller already had a slot when the signal was aborted. The next one gets it.
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
