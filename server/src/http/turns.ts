import { setImmediate } from 'node:timers/promises';

/** Runs work of one owner at a time, in the order in which it came, with room for everybody else in between. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  run<T>(owner: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#last.get(owner) ?? Promise.resolve()).then(() => setImmediate()).then(work);
    const over = turn
      .catch(() => {})
      .finally(() => {
        if (this.#last.get(owner) === over) this.#last.delete(owner);
      });
    this.#last.set(owner, over);
    return turn;
  }
}
