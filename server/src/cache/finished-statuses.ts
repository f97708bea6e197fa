import { LRUCache } from 'lru-cache';

/** Up to this size a body goes out faster as a text in one write with the headers; beyond it, as its bytes. */
const textBytesMax = 16_384;

/** The bytes of a body: as they are, or as a text with one to a character (`latin1`). */
export type AnswerBytes = string | Buffer;

interface FinishedAnswer {
  readonly customerId: string;
  readonly bytes: AnswerBytes;
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

  /** The answer of this customer's job; undefined when it is not here. */
  find(trackingId: string, customerId: string): AnswerBytes | undefined {
    const answer = this.#answers.get(trackingId);
    return answer?.customerId === customerId ? answer.bytes : undefined;
  }

  remember(trackingId: string, customerId: string, body: Buffer): void {
    const bytes = body.length <= textBytesMax ? body.toString('latin1') : body;
    this.#answers.set(trackingId, { customerId, bytes });
  }
}
