import type { Outcome } from './describe-outcome.ts';

/** Which rows failed and how, in one or two bytes a row: a million rows are remembered in two megabytes. */
export class FailureLedger {
  /** By row: 0 for success, otherwise the place in `#kinds`. */
  #rows = new Uint16Array(1_024);
  readonly #kinds: (Outcome | undefined)[] = [undefined];
  readonly #places = new Map<string, number>();

  /** By place in `#kinds`. */
  readonly #counts: number[] = [0];

  /** How many rows failed, of all or of those whose failure passes a test. */
  count(test: (outcome: Outcome) => boolean = () => true): number {
    return this.#kinds.reduce(
      (sum, kind, place) => sum + (kind && test(kind) ? (this.#counts[place] ?? 0) : 0),
      0,
    );
  }

  /** Anything that is not a success counts: a device without an outcome must not be lost either. */
  add(index: number, outcome: Outcome): void {
    const { status, errorCode, errorDescription } = outcome;
    if (status === 'finished') return;
    const name = JSON.stringify([status, errorCode, errorDescription]);
    let place = this.#places.get(name);
    if (place === undefined) {
      const kind = { status, ...(errorCode && { errorCode }), ...(errorDescription && { errorDescription }) };
      place = this.#kinds.push(kind) - 1;
      this.#places.set(name, place);
    }
    if (index >= this.#rows.length) this.#grow(index + 1);
    this.#rows[index] = place;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  /** How a row failed; undefined when it did not. */
  get(index: number): Outcome | undefined {
    return this.#kinds[this.#rows[index] ?? 0];
  }

  #grow(count: number): void {
    const rows = new Uint16Array(Math.max(count, this.#rows.length * 2));
    rows.set(this.#rows);
    this.#rows = rows;
  }
}
