import type { DevicePolicyUpdateRequest } from '../generated/wire-types.ts';
import type { CallOptions } from '../transport.ts';
import type { AcceptedJob, Endpoint } from './endpoint.ts';

/** The assignment of configuration policies to the devices of one customer. */
export class DevicePolicy {
  readonly #endpoint: Endpoint;

  constructor(customer: Endpoint) {
    this.#endpoint = customer.at('DevicePolicyUpdates');
  }

  /**
   * Assigns policies to devices. The job has an outcome for each device.
   * https://learn.microsoft.com/partner-center/developer/update-a-list-of-devices-with-a-policy
   */
  update(request: DevicePolicyUpdateRequest, options?: CallOptions): Promise<AcceptedJob> {
    return this.#endpoint.submit('PATCH', request, options);
  }
}
