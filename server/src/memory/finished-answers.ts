import { LRUCache } from 'lru-cache';

interface FinishedAnswer {
  readonly customerId: string;
  readonly body: Buffer;
}

/**
 * The answers of finished batch jobs that were read lately, byte for byte. A finished answer never changes, so nothing
 * here can become stale; what it is bounded by is memory.
 */
export class FinishedAnswers {
  readonly #answers: LRUCache<string, FinishedAnswer>;

  /** `bytesMax` bounds all bodies together. */
  constructor(bytesMax: number) {
    this.#answers = new LRUCache({ maxSize: bytesMax, sizeCalculation: ({ body }) => body.length + 200 });
  }

  /** The answer of this customer's job; undefined when it is not here. */
  find(trackingId: string, customerId: string): Buffer | undefined {
    const answer = this.#answers.get(trackingId);
    return answer?.customerId === customerId ? answer.body : undefined;
  }

  remember(trackingId: string, answer: FinishedAnswer): void {
    this.#answers.set(trackingId, answer);
  }
}
