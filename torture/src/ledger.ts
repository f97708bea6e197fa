/** An upload or policy update that was answered with 202. */
export interface Accepted {
  readonly location: string;
  readonly customer: string;
  readonly kind: 'upload' | 'policies';
  readonly devices: number;
}

const ranks: Readonly<Record<string, number>> = {
  queued: 0,
  processing: 1,
  finished: 2,
  finished_with_errors: 2,
};

/** What clients were told. The checker compares it with what the database holds. */
export class Ledger {
  readonly accepted: Accepted[] = [];
  readonly deleted = new Set<string>();
  /** Uploads and updates that were never answered: each may have become a job. */
  unanswered = 0;
  /** Answers by their status, and connections that broke. */
  readonly answers = new Map<string, number>();
  readonly problems = new Set<string>();
  readonly #seen = new Map<string, { rank: number; processed: number }>();

  count(answer: string): void {
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
  }

  problem(text: string): void {
    this.problems.add(text);
  }

  /** Notes a status that a client read: it may only go forward. */
  noteStatus(location: string, { status, processed }: { status: string; processed: number }): void {
    const rank = ranks[status] ?? -1;
    const before = this.#seen.get(location);
    if (before && (rank < before.rank || processed < before.processed))
      this.problem(`${location} went back to ${status}, ${processed} devices`);
    this.#seen.set(location, { rank, processed });
  }
}
