import type {
  Application,
  ApplicationChanges,
  CreatedApplication,
  NewApplication,
} from '../generated/admin-types.ts';
import type { CallOptions } from '../transport.ts';
import type { AdminClient, AdminList } from './admin-client.ts';

/** The programs that sign in. */
export class AdminApplications {
  readonly #client: AdminClient;

  constructor(client: AdminClient) {
    this.#client = client;
  }

  /** The applications of a partner. */
  list(partnerId: string, options?: CallOptions): AdminList<Application> {
    return this.#client.list('listApplications', { partnerId }, options);
  }

  /** Adds an application. Unless it is public, the result holds its first secret, which is not shown again. */
  create(partnerId: string, application: NewApplication, options?: CallOptions): Promise<CreatedApplication> {
    return this.#client.call('createApplication', { partnerId, body: application }, options);
  }

  /** One application, by its client id. */
  get(clientId: string, options?: CallOptions): Promise<Application> {
    return this.#client.call('getApplication', { clientId }, options);
  }

  /** Changes an application's name, roles or redirect URIs. Lists are replaced whole. */
  update(clientId: string, changes: ApplicationChanges, options?: CallOptions): Promise<Application> {
    return this.#client.call('updateApplication', { clientId, body: changes }, options);
  }

  /** Deletes an application with its secrets, and ends all sign-ins made through it. */
  async delete(clientId: string, options?: CallOptions): Promise<void> {
    await this.#client.call('deleteApplication', { clientId }, options);
  }
}
