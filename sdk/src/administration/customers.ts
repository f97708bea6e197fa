import type { AdminCustomer, CustomerChanges, NewCustomer } from '../generated/admin-types.ts';
import type { CallOptions } from '../transport.ts';
import type { AdminClient, AdminList } from './admin-client.ts';

export interface AdminCustomerListOptions extends CallOptions {
  /** Only the customers of this partner. */
  readonly partnerId?: string | undefined;
}

/** The customers of all partners. */
export class AdminCustomers {
  readonly #client: AdminClient;

  constructor(client: AdminClient) {
    this.#client = client;
  }

  /** All customers, or those of one partner. */
  list({ partnerId, ...options }: AdminCustomerListOptions = {}): AdminList<AdminCustomer> {
    return this.#client.list(
      'listAdminCustomers',
      { query: partnerId === undefined ? {} : { partnerId } },
      options,
    );
  }

  /** Adds a customer of a partner. */
  create(customer: NewCustomer, options?: CallOptions): Promise<AdminCustomer> {
    return this.#client.call('createCustomer', { body: customer }, options);
  }

  /** One customer. */
  get(customerId: string, options?: CallOptions): Promise<AdminCustomer> {
    return this.#client.call('getAdminCustomer', { customerId }, options);
  }

  /** Renames a customer, or moves it with its devices to another partner. */
  update(customerId: string, changes: CustomerChanges, options?: CallOptions): Promise<AdminCustomer> {
    return this.#client.call('updateCustomer', { customerId, body: changes }, options);
  }

  /** Ends the relationship with the partner. The devices stay registered. */
  async endRelationship(customerId: string, options?: CallOptions): Promise<void> {
    await this.#client.call('endCustomerRelationship', { customerId }, options);
  }
}
