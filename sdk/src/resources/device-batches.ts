import type { DeviceBatch, DeviceBatchCreationRequest } from '../generated/wire-types.ts';
import type { Pages } from '../pages.ts';
import type { CallOptions } from '../transport.ts';
import { DeviceUpload, type UploadOptions } from '../upload/device-upload.ts';
import type { UploadTarget } from '../upload/part-sender.ts';
import type { DeviceSource } from '../upload/split-devices.ts';
import { UploadDryRun, type DryRunOptions } from '../upload/upload-dry-run.ts';
import { Devices } from './devices.ts';
import type { AcceptedJob, Endpoint } from './endpoint.ts';

/** The device batches of one customer. */
export class DeviceBatches {
  readonly #endpoint: Endpoint;
  readonly #customer: Pick<UploadTarget, 'customer' | 'customerId'>;

  constructor(customer: Endpoint, customerId: string) {
    this.#endpoint = customer.at('deviceBatches');
    this.#customer = { customer, customerId };
  }

  /** One batch. Batch ids are not case-sensitive. */
  byId(batchId: string): DeviceBatchOperations {
    return { devices: new Devices(this.#endpoint.at(batchId)) };
  }

  /**
   * Creates a batch with its first devices. The job has an outcome for each device. Throws a `ConflictError` if the
   * batch exists.
   * https://learn.microsoft.com/partner-center/developer/upload-a-list-of-devices-for-the-specified-customer
   */
  create(request: DeviceBatchCreationRequest, options?: CallOptions): Promise<AcceptedJob> {
    return this.#endpoint.submit('POST', request, options);
  }

  /**
   * All batches of the customer.
   * https://learn.microsoft.com/partner-center/developer/get-a-list-of-device-batches-for-the-specified-customer
   */
  list(options?: CallOptions): Pages<DeviceBatch> {
    return this.#endpoint.list(options);
  }

  /**
   * Registers any number of devices in a batch, which is created if it does not exist. Makes as many calls as necessary, a few at
   * a time, in constant memory. Starts immediately. If the journal is kept, the same upload can be started again after a crash: it
   * continues where it stopped and registers nothing twice.
   */
  upload(devices: DeviceSource, options: UploadOptions): DeviceUpload {
    return new DeviceUpload(devices, { ...options, ...this.#customer });
  }

  /**
   * What `upload` would do with these devices: the outcome that each would have. Nothing is stored. Muster only: throws a
   * `DryRunUnavailableError` elsewhere, before any device is sent.
   */
  dryRun(devices: DeviceSource, options: DryRunOptions): UploadDryRun {
    return new UploadDryRun(devices, { ...options, ...this.#customer });
  }
}

/** The operations of one batch. */
export interface DeviceBatchOperations {
  readonly devices: Devices;
}
