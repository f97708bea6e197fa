import { toAcceptedJob, type AcceptedJob } from '../batch-job.ts';
import { path } from '../path.ts';
import type { CallOptions, Transport } from '../transport.ts';
import type { DeviceBatchCreationRequest } from '../wire.ts';
import { Devices } from './devices.ts';

/** The device batches of one customer. */
export class DeviceBatches {
  readonly #transport: Transport;
  readonly #customerId: string;

  constructor(transport: Transport, customerId: string) {
    this.#transport = transport;
    this.#customerId = customerId;
  }

  /** One batch. Letter case in its id does not matter. */
  byId(batchId: string): DeviceBatch {
    return { devices: new Devices(this.#transport, this.#customerId, batchId) };
  }

  /**
   * Creates a batch with its first devices. The job tells what became of each. A `ConflictError` when the batch exists.
   * https://learn.microsoft.com/partner-center/developer/upload-a-list-of-devices-for-the-specified-customer
   */
  async create(request: DeviceBatchCreationRequest, options?: CallOptions): Promise<AcceptedJob> {
    const call = {
      method: 'POST',
      path: path`/customers/${this.#customerId}/deviceBatches`,
      body: JSON.stringify(request),
      options,
    } as const;
    return toAcceptedJob(await this.#transport.send(call));
  }
}

/** What can be asked of one batch. */
export interface DeviceBatch {
  readonly devices: Devices;
}
