import type {
  ApplicationSecret,
  ApplicationSecretOnce,
  NewApplicationSecret,
} from '../generated/admin-types.ts';
import type { CallOptions } from '../transport.ts';
import type { AdminClient, AdminList } from './admin-client.ts';

/** The secrets of applications. */
export class AdminApplicationSecrets {
  readonly #client: AdminClient;

  constructor(client: AdminClient) {
    this.#client = client;
  }

  /** The secrets of an application that have not expired, without the secrets themselves. */
  list(clientId: string, options?: CallOptions): AdminList<ApplicationSecret> {
    return this.#client.list('listApplicationSecrets', { clientId }, options);
  }

  /** Adds a secret, which is shown once. To rotate, set `othersExpireInHours`. */
  create(
    clientId: string,
    secret: NewApplicationSecret = {},
    options?: CallOptions,
  ): Promise<ApplicationSecretOnce> {
    return this.#client.call('createApplicationSecret', { clientId, body: secret }, options);
  }

  /** Deletes a secret. It is refused from then on. */
  async delete(clientId: string, secretId: string, options?: CallOptions): Promise<void> {
    await this.#client.call('deleteApplicationSecret', { clientId, secretId }, options);
  }
}
