import { isAscii } from 'node:buffer';
import { LRUCache } from 'lru-cache';

/** Up to this size a body is sent faster as text, in one write with the headers; beyond it, as bytes. */
const textBytesMax = 16_384;

/** A body: as bytes, or as text that is ASCII only. */
export type BodyBytes = string | Buffer;

interface FinishedStatus {
  readonly customerId: string;
  readonly body: BodyBytes;
}

/**
 * The most recent responses for finished batch jobs, byte for byte. The status of a finished job never changes, so an entry
 * cannot become stale; only the size is limited.
 */
export class FinishedStatuses {
  readonly #statuses: LRUCache<string, FinishedStatus>;

  /** `bytesMax` is the limit for all bodies together. */
  constructor(bytesMax: number) {
    this.#statuses = new LRUCache({ maxSize: bytesMax, sizeCalculation: ({ body }) => body.length + 200 });
  }

  /** The response for this customer's job; undefined if it is not cached. */
  find(trackingId: string, customerId: string): BodyBytes | undefined {
    const status = this.#statuses.get(trackingId);
    return status?.customerId === customerId ? status.body : undefined;
  }

  remember(trackingId: string, customerId: string, bytes: Buffer): void {
    const body = bytes.length <= textBytesMax && isAscii(bytes) ? bytes.toString('latin1') : bytes;
    this.#statuses.set(trackingId, { customerId, body });
  }
}
