import { toAcceptedJob, type AcceptedJob } from '../batch-job.ts';
import { Pages } from '../pages.ts';
import { path } from '../path.ts';
import type { CallOptions, Transport } from '../transport.ts';
import { DeviceUpload } from '../upload/device-upload.ts';
import type { DeviceSource } from '../upload/split-devices.ts';
import type { UploadOptions } from '../upload/upload-options.ts';
import type { DeviceBatch, DeviceBatchCreationRequest } from '../generated/wire-types.ts';
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
  byId(batchId: string): DeviceBatchOperations {
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

  /**
   * All batches of the customer.
   * https://learn.microsoft.com/partner-center/developer/get-a-list-of-device-batches-for-the-specified-customer
   */
  list(options?: CallOptions): Pages<DeviceBatch> {
    return new Pages({
      transport: this.#transport,
      path: path`/customers/${this.#customerId}/deviceBatches`,
      options,
    });
  }

  /**
   * Registers any number of devices in a batch that is made when it does not exist: in as many calls as it takes, a
   * few at a time, in flat memory. Starts when the result is read. With a journal that is kept, the same upload
   * started again after a crash goes on where it stopped, and registers nothing twice.
   */
  upload(devices: DeviceSource, options: UploadOptions): DeviceUpload {
    return new DeviceUpload(devices, {
      ...options,
      transport: this.#transport,
      customerId: this.#customerId,
    });
  }
}

/** What can be asked of one batch. */
export interface DeviceBatchOperations {
  readonly devices: Devices;
}
