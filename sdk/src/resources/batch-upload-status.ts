import { toUnreadableError } from '../errors.ts';
import { path } from '../path.ts';
import { waitFor, type WaitOptions } from '../polling.ts';
import type { CallOptions, Transport } from '../transport.ts';
import type { BatchUploadDetails } from '../generated/wire-types.ts';

/** The batch jobs of one customer. */
export class BatchUploadStatusCollection {
  readonly #transport: Transport;
  readonly #customerId: string;

  constructor(transport: Transport, customerId: string) {
    this.#transport = transport;
    this.#customerId = customerId;
  }

  /** The job that a call's `trackingId` names. */
  byId(trackingId: string): BatchUploadStatusOperations {
    return new BatchUploadStatusOperations(this.#transport, this.#customerId, trackingId);
  }
}

/** One batch job. */
export class BatchUploadStatusOperations {
  readonly #transport: Transport;
  readonly #path: string;

  constructor(transport: Transport, customerId: string, trackingId: string) {
    this.#transport = transport;
    this.#path = path`/customers/${customerId}/batchJobStatus/${trackingId}`;
  }

  /**
   * The status of the job and of every device in it.
   * https://learn.microsoft.com/partner-center/developer/get-the-status-of-a-device-batch-upload
   */
  async get(options?: CallOptions): Promise<BatchUploadDetails> {
    const result = await this.#transport.send({ method: 'GET', path: this.#path, options });
    const { body } = result;
    if (typeof body !== 'object' || body === null)
      throw toUnreadableError(result, 'The answer is not the status of a job.');
    // The wire's shape, promised by the contract; a service may leave the rows out of a job it has not begun.
    const details = body as BatchUploadDetails;
    return { ...details, devicesStatus: details.devicesStatus ?? [] };
  }

  /**
   * Asks until the job is finished. A job whose devices failed is finished too: look at `devicesStatus`.
   * Any status that is not known counts as "not yet". Throws a `WaitTimeoutError` when the time is up.
   */
  wait(options?: WaitOptions<BatchUploadDetails>): Promise<BatchUploadDetails> {
    const watched = {
      look: (signal: AbortSignal) => this.get({ signal }),
      isFinished: isJobFinished,
      runtime: this.#transport.runtime,
    };
    return waitFor(watched, options);
  }
}

/** Whether the job is over. Any status that is not known counts as "not yet". */
export function isJobFinished({ status }: BatchUploadDetails): boolean {
  return status === 'finished' || status === 'finished_with_errors';
}
