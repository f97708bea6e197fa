import { Pages } from '../pages.ts';
import { path } from '../path.ts';
import type { CallOptions, Transport } from '../transport.ts';
import type { Customer } from '../generated/wire-types.ts';
import { BatchUploadStatusCollection } from './batch-upload-status.ts';
import { ConfigurationPolicies } from './configuration-policies.ts';
import { DeviceBatches } from './device-batches.ts';
import { DevicePolicy } from './device-policy.ts';

/** How to list customers. */
export interface CustomerListOptions extends CallOptions {
  /** Customers on a page. Default: the service's own choice. */
  readonly pageSize?: number | undefined;
}

/** The customers of the partner. */
export class Customers {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** One customer, by the id of its tenant. */
  byId(customerId: string): CustomerOperations {
    return new CustomerOperations(this.#transport, customerId);
  }

  /**
   * All customers, fetched page by page while they are read.
   * https://learn.microsoft.com/partner-center/developer/get-a-list-of-customers
   */
  list({ pageSize, ...options }: CustomerListOptions = {}): Pages<Customer> {
    const query: Record<string, string> = pageSize === undefined ? {} : { size: `${pageSize}` };
    const nextQuery = { seekOperation: 'Next' };
    return new Pages({ transport: this.#transport, path: '/customers', query, nextQuery, options });
  }
}

/** One customer. */
export class CustomerOperations {
  readonly deviceBatches: DeviceBatches;
  readonly batchUploadStatus: BatchUploadStatusCollection;
  readonly configurationPolicies: ConfigurationPolicies;
  readonly devicePolicy: DevicePolicy;
  readonly #transport: Transport;
  readonly #path: string;

  constructor(transport: Transport, customerId: string) {
    this.#transport = transport;
    this.#path = path`/customers/${customerId}`;
    this.deviceBatches = new DeviceBatches(transport, customerId);
    this.batchUploadStatus = new BatchUploadStatusCollection(transport, customerId);
    this.configurationPolicies = new ConfigurationPolicies(transport, customerId);
    this.devicePolicy = new DevicePolicy(transport, customerId);
  }

  /** https://learn.microsoft.com/partner-center/developer/get-a-customer-by-id */
  async get(options?: CallOptions): Promise<Customer> {
    const { body } = await this.#transport.send({ method: 'GET', path: this.#path, options });
    return body as Customer;
  }
}
