import { setImmediate } from 'node:timers/promises';

/** Runs the tasks of an owner one at a time, in order of arrival, so that other owners get their turn in between. */
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
