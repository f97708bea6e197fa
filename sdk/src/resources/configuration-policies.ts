import { Pages } from '../pages.ts';
import { path } from '../path.ts';
import type { CallOptions, Transport } from '../transport.ts';
import type { ConfigurationPolicy, ConfigurationPolicyRequest } from '../wire.ts';
import { sendDelete } from './delete-call.ts';

/** The configuration policies of one customer. */
export class ConfigurationPolicies {
  readonly #transport: Transport;
  readonly #path: string;

  constructor(transport: Transport, customerId: string) {
    this.#transport = transport;
    this.#path = path`/customers/${customerId}/policies`;
  }

  /** One policy. */
  byId(policyId: string): ConfigurationPolicyOperations {
    return new ConfigurationPolicyOperations(this.#transport, `${this.#path}${path`/${policyId}`}`);
  }

  /** https://learn.microsoft.com/partner-center/developer/create-a-new-configuration-policy-for-the-specified-customer */
  async create(policy: ConfigurationPolicyRequest, options?: CallOptions): Promise<ConfigurationPolicy> {
    const call = { method: 'POST', path: this.#path, body: JSON.stringify(policy), options } as const;
    const { body } = await this.#transport.send(call);
    return body as ConfigurationPolicy;
  }

  /** https://learn.microsoft.com/partner-center/developer/get-a-list-of-a-customer-s-policies */
  list(options?: CallOptions): Pages<ConfigurationPolicy> {
    return new Pages({ transport: this.#transport, path: this.#path, options });
  }
}

/** One configuration policy. */
export class ConfigurationPolicyOperations {
  readonly #transport: Transport;
  readonly #path: string;

  constructor(transport: Transport, policyPath: string) {
    this.#transport = transport;
    this.#path = policyPath;
  }

  async get(options?: CallOptions): Promise<ConfigurationPolicy> {
    const { body } = await this.#transport.send({ method: 'GET', path: this.#path, options });
    return body as ConfigurationPolicy;
  }

  /** Replaces the policy by what is given. (PUT; Microsoft's SDKs call it `Patch`.) */
  async update(policy: ConfigurationPolicyRequest, options?: CallOptions): Promise<ConfigurationPolicy> {
    const call = { method: 'PUT', path: this.#path, body: JSON.stringify(policy), options } as const;
    const { body } = await this.#transport.send(call);
    return body as ConfigurationPolicy;
  }

  /** A `ConflictError` when the service refuses because devices still have it. */
  async delete(options?: CallOptions): Promise<void> {
    await sendDelete(this.#transport, this.#path, options);
  }
}
