import { toAcceptedJob, type AcceptedJob } from '../batch-job.ts';
import { Pages } from '../pages.ts';
import { path } from '../path.ts';
import type { CallOptions, Transport } from '../transport.ts';
import type { Device, DeviceUpdateRequest, SubmittedDevice } from '../generated/wire-types.ts';
import { sendDelete } from './delete-call.ts';

/** The devices of one batch. */
export class Devices {
  readonly #transport: Transport;
  readonly #path: string;

  constructor(transport: Transport, customerId: string, batchId: string) {
    this.#transport = transport;
    this.#path = path`/customers/${customerId}/deviceBatches/${batchId}/devices`;
  }

  /** One device, by the id it got at registration. */
  byId(deviceId: string): DeviceOperations {
    return new DeviceOperations(this.#transport, `${this.#path}${path`/${deviceId}`}`);
  }

  /**
   * Adds devices to the batch, which must exist. The job tells what became of each.
   * https://learn.microsoft.com/partner-center/developer/upload-a-list-of-devices-to-an-existing-batch-for-the-specified-customer
   */
  async create(devices: readonly SubmittedDevice[], options?: CallOptions): Promise<AcceptedJob> {
    const body = JSON.stringify(devices);
    return toAcceptedJob(await this.#transport.send({ method: 'POST', path: this.#path, body, options }));
  }

  /**
   * All devices of the batch, fetched page by page while they are read.
   * https://learn.microsoft.com/partner-center/developer/get-a-list-of-devices-for-the-specified-batch-and-customer
   */
  list(options?: CallOptions): Pages<Device> {
    return new Pages({ transport: this.#transport, path: this.#path, options });
  }
}

/** One registered device. */
export class DeviceOperations {
  readonly #transport: Transport;
  readonly #path: string;

  constructor(transport: Transport, devicePath: string) {
    this.#transport = transport;
    this.#path = devicePath;
  }

  /** Changes the device at once. (To assign a policy to many devices in one job, see `devicePolicy.update`.) */
  async update(device: DeviceUpdateRequest, options?: CallOptions): Promise<Device> {
    const call = { method: 'PUT', path: this.#path, body: JSON.stringify(device), options } as const;
    const { body } = await this.#transport.send(call);
    // The wire's shape, promised by the contract.
    return body as Device;
  }

  /**
   * Takes the device's registration away. A `NotFoundError` when there is no such device.
   * https://learn.microsoft.com/partner-center/developer/delete-a-device-for-the-specified-customer
   */
  async delete(options?: CallOptions): Promise<void> {
    await sendDelete(this.#transport, this.#path, options);
  }
}
