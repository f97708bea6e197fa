import type { Device, DeviceUpdateRequest, SubmittedDevice } from '../generated/wire-types.ts';
import type { Pages } from '../pages.ts';
import type { CallOptions } from '../transport.ts';
import type { AcceptedJob, Endpoint } from './endpoint.ts';

/** The devices of one batch. */
export class Devices {
  readonly #endpoint: Endpoint;

  constructor(batch: Endpoint) {
    this.#endpoint = batch.at('devices');
  }

  /** One device, by the ID that it got at registration. */
  byId(deviceId: string): DeviceOperations {
    return new DeviceOperations(this.#endpoint.at(deviceId));
  }

  /**
   * Adds devices to the batch, which must exist. The job has an outcome for each device.
   * https://learn.microsoft.com/partner-center/developer/upload-a-list-of-devices-to-an-existing-batch-for-the-specified-customer
   */
  create(devices: readonly SubmittedDevice[], options?: CallOptions): Promise<AcceptedJob> {
    return this.#endpoint.submit('POST', devices, options);
  }

  /**
   * All devices of the batch, fetched page by page while they are read.
   * https://learn.microsoft.com/partner-center/developer/get-a-list-of-devices-for-the-specified-batch-and-customer
   */
  list(options?: CallOptions): Pages<Device> {
    return this.#endpoint.list(options);
  }
}

/** One registered device. */
export class DeviceOperations {
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  /** Changes the device immediately. To assign a policy to many devices in one job, see `devicePolicy.update`. */
  update(device: DeviceUpdateRequest, options?: CallOptions): Promise<Device> {
    return this.#endpoint.send('PUT', device, options);
  }

  /**
   * Removes the device's registration. Throws a `NotFoundError` if there is no such device.
   * https://learn.microsoft.com/partner-center/developer/delete-a-device-for-the-specified-customer
   */
  delete(options?: CallOptions): Promise<void> {
    return this.#endpoint.delete(options);
  }
}
