import type { AdminPartner, NewPartner, PartnerChanges } from '../generated/admin-types.ts';
import type { CallOptions } from '../transport.ts';
import type { AdminClient, AdminList } from './admin-client.ts';

/** The partners of the registry. */
export class AdminPartners {
  readonly #client: AdminClient;

  constructor(client: AdminClient) {
    this.#client = client;
  }

  /** All partners. */
  list(options?: CallOptions): AdminList<AdminPartner> {
    return this.#client.list('listPartners', {}, options);
  }

  /** Adds a partner. */
  create(partner: NewPartner, options?: CallOptions): Promise<AdminPartner> {
    return this.#client.call('createPartner', { body: partner }, options);
  }

  /** One partner. Throws a `NotFoundError` when there is none. */
  get(partnerId: string, options?: CallOptions): Promise<AdminPartner> {
    return this.#client.call('getPartner', { partnerId }, options);
  }

  /** Renames a partner, or changes its domain. */
  update(partnerId: string, changes: PartnerChanges, options?: CallOptions): Promise<AdminPartner> {
    return this.#client.call('updatePartner', { partnerId, body: changes }, options);
  }

  /** Deletes a partner with its applications and users. Throws a `ConflictError` while it has customers. */
  async delete(partnerId: string, options?: CallOptions): Promise<void> {
    await this.#client.call('deletePartner', { partnerId }, options);
  }
}
