import type { SigningKey } from '../generated/admin-types.ts';
import type { CallOptions } from '../transport.ts';
import type { AdminClient, AdminList } from './admin-client.ts';

/** The keys that sign access tokens. */
export class AdminSigningKeys {
  readonly #client: AdminClient;

  constructor(client: AdminClient) {
    this.#client = client;
  }

  /** The keys whose tokens are valid; the one that signs comes first. */
  list(options?: CallOptions): AdminList<SigningKey> {
    return this.#client.list('listSigningKeys', {}, options);
  }

  /** Makes a new key, which signs from now on. Tokens signed by earlier keys stay valid until they expire. */
  rotate(options?: CallOptions): Promise<SigningKey> {
    return this.#client.call('rotateSigningKey', {}, options);
  }

  /** Deletes a key that no longer signs. Its tokens are refused within half a minute. */
  async delete(keyId: string, options?: CallOptions): Promise<void> {
    await this.#client.call('deleteSigningKey', { keyId }, options);
  }
}
