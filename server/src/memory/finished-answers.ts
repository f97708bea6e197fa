import { LRUCache } from 'lru-cache';

interface FinishedAnswer {
  readonly customerId: string;
  /** The bytes, one to a character: Node writes such a text together with the headers, a buffer after them. */
  readonly bytes: string;
}

/**
 * The answers of finished batch jobs that were read lately, byte for byte. A finished answer never changes, so nothing
 * here can become stale; what it is bounded by is memory.
 */
export class FinishedAnswers {
  readonly #answers: LRUCache<string, FinishedAnswer>;

  /** `bytesMax` bounds all bodies together. */
  constructor(bytesMax: number) {
    this.#answers = new LRUCache({ maxSize: bytesMax, sizeCalculation: ({ bytes }) => bytes.length + 200 });
  }

  /** The answer of this customer's job as a text of bytes (`latin1`); undefined when it is not here. */
  find(trackingId: string, customerId: string): string | undefined {
    const answer = this.#answers.get(trackingId);
    return answer?.customerId === customerId ? answer.bytes : undefined;
  }

  remember(trackingId: string, customerId: string, body: Buffer): void {
    this.#answers.set(trackingId, { customerId, bytes: body.toString('latin1') });
  }
}
