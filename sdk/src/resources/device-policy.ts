import type { DevicePolicyUpdateRequest, DryRunResult } from '../generated/wire-types.ts';
import type { CallOptions } from '../transport.ts';
import { checkDryRun, dryRunOf } from './dry-run.ts';
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

  /**
   * What `update` would do: the outcome that each device would have. Nothing is stored. Muster only: throws a
   * `DryRunUnavailableError` elsewhere, before any device is sent.
   */
  async dryRun(request: DevicePolicyUpdateRequest, options?: CallOptions): Promise<DryRunResult> {
    await checkDryRun(this.#endpoint, 'PATCH', options);
    return dryRunOf(this.#endpoint).send('PATCH', request, options);
  }
}
