import type { Job, JobDevice, JobState } from '../generated/muster-types.ts';
import type { Pages } from '../pages.ts';
import type { WaitOptions } from '../polling.ts';
import { awaitJob } from '../resources/await-job.ts';
import type { Endpoint } from '../resources/endpoint.ts';
import type { CallOptions, CallResult } from '../transport.ts';
import { listByCursor, type CursorListOptions } from './cursor-list.ts';

/** Which jobs to list. */
export interface JobListOptions extends CursorListOptions {
  /** Default: jobs of all customers. */
  readonly customerId?: string | undefined;
  readonly batchId?: string | undefined;
  readonly state?: JobState | undefined;
  /** true: jobs with failed devices; false: jobs without. */
  readonly hasFailures?: boolean | undefined;
  /** Jobs accepted at or after this time. */
  readonly since?: Date | string | undefined;
}

/** Which devices of a job to list. */
export interface JobDeviceListOptions extends CursorListOptions {
  /** `succeeded`, `failed` (any failure), `pending`, or the name or code of one failure. */
  readonly outcome?: string | undefined;
}

/** The jobs of all the partner's customers. Muster's own API: Partner Center answers with a `NotFoundError`. */
export class Jobs {
  readonly #endpoint: Endpoint;

  constructor(root: Endpoint) {
    this.#endpoint = root.at('jobs');
  }

  /** Jobs, the newest first, fetched page by page while they are read. */
  list(options: JobListOptions = {}): Pages<Job> {
    const { customerId, batchId, state, hasFailures, since, ...rest } = options;
    return listByCursor(this.#endpoint, { customerId, batchId, state, hasFailures, since }, rest);
  }

  /** One job, by its tracking id alone. Throws a `NotFoundError` when no customer of the partner has it. */
  get(trackingId: string, options?: CallOptions): Promise<Job> {
    return this.#endpoint.at(trackingId).get(options);
  }

  /** The devices of a job with their outcomes, in the order submitted. */
  devices(trackingId: string, { outcome, ...rest }: JobDeviceListOptions = {}): Pages<JobDevice> {
    return listByCursor(this.#endpoint.at(trackingId, 'devices'), { outcome }, rest);
  }

  /**
   * Waits until the job is over; the service holds its answer until then. A job in which devices failed is `finished`,
   * too: look at `devices.failed`. Throws a `WaitTimeoutError` when the time is up.
   */
  wait(trackingId: string, options?: WaitOptions<Job>): Promise<Job> {
    const reading = {
      toState: ({ body }: CallResult) => body as Job,
      isFinished: ({ state }: Job) => state === 'finished' || state === 'finished_with_errors',
    };
    return awaitJob(this.#endpoint.at(trackingId), reading, options);
  }
}
