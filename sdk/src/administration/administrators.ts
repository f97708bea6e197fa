import type { Administrator, AdministratorOnce, NewAdministrator } from '../generated/admin-types.ts';
import type { CallOptions } from '../transport.ts';
import type { AdminClient, AdminList } from './admin-client.ts';

/** The people who may administer the registry. */
export class Administrators {
  readonly #client: AdminClient;

  constructor(client: AdminClient) {
    this.#client = client;
  }

  /** All administrators. */
  list(options?: CallOptions): AdminList<Administrator> {
    return this.#client.list('listAdministrators', {}, options);
  }

  /** Adds an administrator. The secret is shown once. */
  create(administrator: NewAdministrator, options?: CallOptions): Promise<AdministratorOnce> {
    return this.#client.call('createAdministrator', { body: administrator }, options);
  }

  /** Deletes another administrator. Their secret is refused from then on. */
  async delete(administratorId: string, options?: CallOptions): Promise<void> {
    await this.#client.call('deleteAdministrator', { administratorId }, options);
  }
}
