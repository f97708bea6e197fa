import { toAcceptedJob, type AcceptedJob } from '../batch-job.ts';
import { path } from '../path.ts';
import type { CallOptions, Transport } from '../transport.ts';
import type { SubmittedDevice } from '../wire.ts';

/** The devices of one batch. */
export class Devices {
  readonly #transport: Transport;
  readonly #path: string;

  constructor(transport: Transport, customerId: string, batchId: string) {
    this.#transport = transport;
    this.#path = path`/customers/${customerId}/deviceBatches/${batchId}/devices`;
  }

  /**
   * Adds devices to the batch, which must exist. The job tells what became of each.
   * https://learn.microsoft.com/partner-center/developer/upload-a-list-of-devices-to-an-existing-batch-for-the-specified-customer
   */
  async create(devices: readonly SubmittedDevice[], options?: CallOptions): Promise<AcceptedJob> {
    const body = JSON.stringify(devices);
    return toAcceptedJob(await this.#transport.send({ method: 'POST', path: this.#path, body, options }));
  }
}
