import type { BatchUploadDetails } from '../generated/wire-types.ts';
import type { WaitOptions } from '../polling.ts';
import type { CallOptions, CallResult } from '../transport.ts';
import { toUnreadableError } from '../errors.ts';
import { awaitJob } from './await-job.ts';
import type { Endpoint } from './endpoint.ts';

/** The batch jobs of one customer. */
export class BatchUploadStatusCollection {
  readonly #endpoint: Endpoint;

  constructor(customer: Endpoint) {
    this.#endpoint = customer.at('batchJobStatus');
  }

  /** The job with this `trackingId`. */
  byId(trackingId: string): BatchUploadStatusOperations {
    return new BatchUploadStatusOperations(this.#endpoint.at(trackingId));
  }
}

/** One batch job. */
export class BatchUploadStatusOperations {
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  /**
   * The status of the job and of every device in it.
   * https://learn.microsoft.com/partner-center/developer/get-the-status-of-a-device-batch-upload
   */
  async get(options?: CallOptions): Promise<BatchUploadDetails> {
    const { transport, path } = this.#endpoint;
    return toDetails(await transport.send({ method: 'GET', path, options }));
  }

  /**
   * Waits until the job is finished: a service that can (Muster) holds its answer until then, any other is asked again and
   * again. A job whose devices failed is finished too: look at `devicesStatus`. An unknown status counts as not finished.
   * Throws a `WaitTimeoutError` when the time is up.
   */
  wait(options?: WaitOptions<BatchUploadDetails>): Promise<BatchUploadDetails> {
    return awaitJob(this.#endpoint, { toState: toDetails, isFinished: isJobFinished }, options);
  }
}

function toDetails(result: CallResult): BatchUploadDetails {
  if (typeof result.body !== 'object' || result.body === null)
    throw toUnreadableError(result, 'The response is not the status of a job.');
  const details = result.body as BatchUploadDetails;
  // A service may leave the devices out until the job has started.
  return { ...details, devicesStatus: details.devicesStatus ?? [] };
}

/** Whether the job is over. An unknown status counts as not finished. */
export function isJobFinished({ status }: BatchUploadDetails): boolean {
  return status === 'finished' || status === 'finished_with_errors';
}
