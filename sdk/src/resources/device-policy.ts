import { toAcceptedJob, type AcceptedJob } from '../batch-job.ts';
import { path } from '../path.ts';
import type { CallOptions, Transport } from '../transport.ts';
import type { DevicePolicyUpdateRequest } from '../generated/wire-types.ts';

/** Which configuration policies the devices of one customer have. */
export class DevicePolicy {
  readonly #transport: Transport;
  readonly #path: string;

  constructor(transport: Transport, customerId: string) {
    this.#transport = transport;
    this.#path = path`/customers/${customerId}/DevicePolicyUpdates`;
  }

  /**
   * Assigns policies to devices. The job tells what became of each.
   * https://learn.microsoft.com/partner-center/developer/update-a-list-of-devices-with-a-policy
   */
  async update(request: DevicePolicyUpdateRequest, options?: CallOptions): Promise<AcceptedJob> {
    const call = { method: 'PATCH', path: this.#path, body: JSON.stringify(request), options } as const;
    return toAcceptedJob(await this.#transport.send(call));
  }
}
