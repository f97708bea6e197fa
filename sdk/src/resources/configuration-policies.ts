import type {
  ConfigurationPolicy,
  ConfigurationPolicyCreationRequest,
  ConfigurationPolicyUpdateRequest,
} from '../generated/wire-types.ts';
import { Pages } from '../pages.ts';
import { path } from '../path.ts';
import type { CallOptions, Transport } from '../transport.ts';
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
  async create(
    policy: ConfigurationPolicyCreationRequest,
    options?: CallOptions,
  ): Promise<ConfigurationPolicy> {
    const call = { method: 'POST', path: this.#path, body: JSON.stringify(policy), options } as const;
    const { body } = await this.#transport.send(call);
    return body as ConfigurationPolicy;
  }

  /** https://learn.microsoft.com/partner-center/developer/get-a-list-of-a-customer-s-policies */
  list(options?: CallOptions): Pages<ConfigurationPolicy> {
    return new Pages({ transport: this.#transport, path: this.#path, options });
  }
}

/** How to change something. */
export interface ChangeOptions extends CallOptions {
  /** The etag of what you have seen: a `BadRequestError` with code 2055 when it has changed since. Default: none. */
  readonly ifMatch?: string | undefined;
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

  /** Changes what is given; the rest stays as it is. (PUT; Microsoft's SDKs call it `Patch`.) */
  async update(
    policy: ConfigurationPolicyUpdateRequest,
    options?: ChangeOptions,
  ): Promise<ConfigurationPolicy> {
    const { body } = await this.#transport.send({
      method: 'PUT',
      path: this.#path,
      body: JSON.stringify(policy),
      headers: toIfMatch(options),
      options,
    });
    return body as ConfigurationPolicy;
  }

  /** A `ConflictError` when the service refuses because devices still have it. */
  async delete(options?: ChangeOptions): Promise<void> {
    await sendDelete(this.#transport, this.#path, { ...options, headers: toIfMatch(options) });
  }
}

function toIfMatch(options: ChangeOptions | undefined): Record<string, string> {
  return options?.ifMatch === undefined ? {} : { 'If-Match': options.ifMatch };
}
