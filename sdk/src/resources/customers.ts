import type { Customer } from '../generated/wire-types.ts';
import { continuation, Pages, type Paging } from '../pages.ts';
import type { CallOptions } from '../transport.ts';
import { BatchUploadStatusCollection } from './batch-upload-status.ts';
import { ConfigurationPolicies } from './configuration-policies.ts';
import { DeviceBatches } from './device-batches.ts';
import { DevicePolicy } from './device-policy.ts';
import type { Endpoint } from './endpoint.ts';

/** Options of a list of customers. */
export interface CustomerListOptions extends CallOptions {
  /** Customers per page. Default: the service's choice. */
  readonly pageSize?: number | undefined;
}

/** Customers can also be read backwards, so the direction is sent with the token. */
const seekNext: Paging = {
  ...continuation,
  next: (token) => ({ ...continuation.next(token), query: { seekOperation: 'Next' } }),
};

/** The customers of the partner. */
export class Customers {
  readonly #endpoint: Endpoint;

  constructor(root: Endpoint) {
    this.#endpoint = root.at('customers');
  }

  /** One customer, by the id of its tenant. */
  byId(customerId: string): CustomerOperations {
    return new CustomerOperations(this.#endpoint.at(customerId), customerId);
  }

  /**
   * All customers, fetched page by page while they are read.
   * https://learn.microsoft.com/partner-center/developer/get-a-list-of-customers
   */
  list({ pageSize, ...options }: CustomerListOptions = {}): Pages<Customer> {
    const query: Record<string, string> = pageSize === undefined ? {} : { size: `${pageSize}` };
    const { transport, path } = this.#endpoint;
    return new Pages({ transport, path, query, options, paging: seekNext });
  }
}

/** One customer. */
export class CustomerOperations {
  readonly deviceBatches: DeviceBatches;
  readonly batchUploadStatus: BatchUploadStatusCollection;
  readonly configurationPolicies: ConfigurationPolicies;
  readonly devicePolicy: DevicePolicy;
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint, customerId: string) {
    this.#endpoint = endpoint;
    this.deviceBatches = new DeviceBatches(endpoint, customerId);
    this.batchUploadStatus = new BatchUploadStatusCollection(endpoint);
    this.configurationPolicies = new ConfigurationPolicies(endpoint);
    this.devicePolicy = new DevicePolicy(endpoint);
  }

  /** https://learn.microsoft.com/partner-center/developer/get-a-customer-by-id */
  get(options?: CallOptions): Promise<Customer> {
    return this.#endpoint.get(options);
  }
}
