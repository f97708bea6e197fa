import type { Job } from '../generated/muster-types.ts';
import type { DryRunResult } from '../generated/wire-types.ts';
import { dryRunOf } from '../resources/dry-run.ts';
import type { Endpoint } from '../resources/endpoint.ts';
import type { CallOptions } from '../transport.ts';

/** Removals of devices, by what they have in common. Muster's own API: Partner Center answers with a `NotFoundError`. */
export class Removals {
  readonly #root: Endpoint;

  constructor(root: Endpoint) {
    this.#root = root;
  }

  /** Of every device that a job registered. */
  ofJob(trackingId: string): Removal {
    return new Removal(this.#root.at('jobs', trackingId, 'undo'));
  }

  /**
   * Of the devices of a batch: one job removes the first 10,000. Start it again until it throws a `ConflictError`, which
   * says that the batch is empty.
   */
  ofBatch(customerId: string, batchId: string): Removal {
    return new Removal(this.#root.at('customers', customerId, 'deviceBatches', batchId, 'removal'));
  }

  /** Of devices of any batch of a customer, by their ids: as many as one call takes. */
  ofDevices(customerId: string, deviceIds: readonly string[]): Removal {
    return new Removal(this.#root.at('customers', customerId, 'deviceRemovals'), { deviceIds });
  }
}

/** A removal of devices, to be looked at and started. */
export class Removal {
  readonly #endpoint: Endpoint;
  readonly #body: object | undefined;

  constructor(endpoint: Endpoint, body?: object) {
    this.#endpoint = endpoint;
    this.#body = body;
  }

  /** The outcome that each device would have. Nothing is removed. */
  preview(options?: CallOptions): Promise<DryRunResult> {
    return dryRunOf(this.#endpoint).send('POST', this.#body, options);
  }

  /** Starts the job that removes the devices: see `jobs.wait` and `jobs.devices`. */
  start(options?: CallOptions): Promise<Job> {
    return this.#endpoint.send('POST', this.#body, options);
  }
}
