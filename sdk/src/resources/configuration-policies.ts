import type {
  ConfigurationPolicy,
  ConfigurationPolicyCreationRequest,
  ConfigurationPolicyUpdateRequest,
} from '../generated/wire-types.ts';
import type { Pages } from '../pages.ts';
import type { CallOptions } from '../transport.ts';
import type { Endpoint } from './endpoint.ts';

/** The configuration policies of one customer. */
export class ConfigurationPolicies {
  readonly #endpoint: Endpoint;

  constructor(customer: Endpoint) {
    this.#endpoint = customer.at('policies');
  }

  /** One policy. */
  byId(policyId: string): ConfigurationPolicyOperations {
    return new ConfigurationPolicyOperations(this.#endpoint.at(policyId));
  }

  /** https://learn.microsoft.com/partner-center/developer/create-a-new-configuration-policy-for-the-specified-customer */
  create(policy: ConfigurationPolicyCreationRequest, options?: CallOptions): Promise<ConfigurationPolicy> {
    return this.#endpoint.send('POST', policy, options);
  }

  /** https://learn.microsoft.com/partner-center/developer/get-a-list-of-a-customer-s-policies */
  list(options?: CallOptions): Pages<ConfigurationPolicy> {
    return this.#endpoint.list(options);
  }
}

/** Options of a call that changes something. */
export interface ChangeOptions extends CallOptions {
  /** The etag you last read: throws a `BadRequestError` with code 2055 if the policy has changed since. Default: none. */
  readonly ifMatch?: string | undefined;
}

/** One configuration policy. */
export class ConfigurationPolicyOperations {
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  get(options?: CallOptions): Promise<ConfigurationPolicy> {
    return this.#endpoint.get(options);
  }

  /** Changes the given members; the others do not change. (PUT; Microsoft's SDKs call it `Patch`.) */
  update(policy: ConfigurationPolicyUpdateRequest, options?: ChangeOptions): Promise<ConfigurationPolicy> {
    return this.#endpoint.send('PUT', policy, withIfMatch(options));
  }

  /** Throws a `ConflictError` if the service refuses because the policy is assigned to devices. */
  delete(options?: ChangeOptions): Promise<void> {
    return this.#endpoint.delete(withIfMatch(options));
  }
}

function withIfMatch({ ifMatch, ...options }: ChangeOptions = {}) {
  return ifMatch === undefined ? options : { ...options, headers: { 'If-Match': ifMatch } };
}
