import type { NewUser, User, UserChanges, UserWithPassword } from '../generated/admin-types.ts';
import type { CallOptions } from '../transport.ts';
import type { AdminClient, AdminList } from './admin-client.ts';

/** The people who sign in. */
export class AdminUsers {
  readonly #client: AdminClient;

  constructor(client: AdminClient) {
    this.#client = client;
  }

  /** The users of a partner. */
  list(partnerId: string, options?: CallOptions): AdminList<User> {
    return this.#client.list('listUsers', { partnerId }, options);
  }

  /** Adds a user. Without a password, one is generated and shown once. */
  create(partnerId: string, user: NewUser, options?: CallOptions): Promise<UserWithPassword> {
    return this.#client.call('createUser', { partnerId, body: user }, options);
  }

  /** One user, by id or by sign-in name. */
  get(user: string, options?: CallOptions): Promise<User> {
    return this.#client.call('getUser', { userId: user }, options);
  }

  /** Changes a user. A new password, or disabling, ends all their sign-ins. */
  update(user: string, changes: UserChanges, options?: CallOptions): Promise<UserWithPassword> {
    return this.#client.call('updateUser', { userId: user, body: changes }, options);
  }

  /** Deletes a user, and ends all their sign-ins. */
  async delete(user: string, options?: CallOptions): Promise<void> {
    await this.#client.call('deleteUser', { userId: user }, options);
  }
}
