import type {
  AdminCustomer,
  AdminPartner,
  Administrator,
  AdministratorOnce,
  Application,
  ApplicationChanges,
  ApplicationSecret,
  ApplicationSecretOnce,
  CreatedApplication,
  CustomerChanges,
  NewAdministrator,
  NewApplication,
  NewApplicationSecret,
  NewCustomer,
  NewPartner,
  NewUser,
  PartnerChanges,
  SigningKey,
  User,
  UserChanges,
  UserWithPassword,
} from '../generated/admin-types.ts';
import type { Pages } from '../pages.ts';
import type { CallOptions } from '../transport.ts';
import type { AdminClient } from './admin-client.ts';

/** The operations of one noun. */
class AdminResource {
  protected readonly client: AdminClient;

  constructor(client: AdminClient) {
    this.client = client;
  }
}

/** The partners of the registry. */
export class AdminPartners extends AdminResource {
  /** All partners. */
  list(options?: CallOptions): Pages<AdminPartner> {
    return this.client.list('listPartners', {}, options);
  }

  /** Adds a partner. */
  create(partner: NewPartner, options?: CallOptions): Promise<AdminPartner> {
    return this.client.call('createPartner', { body: partner }, options);
  }

  /** Gets a partner. Throws a `NotFoundError` if it does not exist. */
  get(partnerId: string, options?: CallOptions): Promise<AdminPartner> {
    return this.client.call('getPartner', { partnerId }, options);
  }

  /** Renames a partner, or changes its domain. */
  update(partnerId: string, changes: PartnerChanges, options?: CallOptions): Promise<AdminPartner> {
    return this.client.call('updatePartner', { partnerId, body: changes }, options);
  }

  /** Deletes a partner with its applications and users. Throws a `ConflictError` while it has customers. */
  async delete(partnerId: string, options?: CallOptions): Promise<void> {
    await this.client.call('deletePartner', { partnerId }, options);
  }
}

/** The programs that sign in. */
export class AdminApplications extends AdminResource {
  /** The applications of a partner. */
  list(partnerId: string, options?: CallOptions): Pages<Application> {
    return this.client.list('listApplications', { partnerId }, options);
  }

  /** Adds an application. Unless it is public, the result contains its first secret, which is not shown again. */
  create(partnerId: string, application: NewApplication, options?: CallOptions): Promise<CreatedApplication> {
    return this.client.call('createApplication', { partnerId, body: application }, options);
  }

  /** One application, by its client id. */
  get(clientId: string, options?: CallOptions): Promise<Application> {
    return this.client.call('getApplication', { clientId }, options);
  }

  /** Changes an application's name, roles or redirect URIs. Lists are replaced as a whole. */
  update(clientId: string, changes: ApplicationChanges, options?: CallOptions): Promise<Application> {
    return this.client.call('updateApplication', { clientId, body: changes }, options);
  }

  /** Deletes an application with its secrets, and ends all sign-ins made through it. */
  async delete(clientId: string, options?: CallOptions): Promise<void> {
    await this.client.call('deleteApplication', { clientId }, options);
  }
}

/** The secrets of applications. */
export class AdminApplicationSecrets extends AdminResource {
  /** The secrets of an application that have not expired, without the secrets themselves. */
  list(clientId: string, options?: CallOptions): Pages<ApplicationSecret> {
    return this.client.list('listApplicationSecrets', { clientId }, options);
  }

  /** Adds a secret, which is shown once. To rotate, set `othersExpireInHours`. */
  create(
    clientId: string,
    secret: NewApplicationSecret = {},
    options?: CallOptions,
  ): Promise<ApplicationSecretOnce> {
    return this.client.call('createApplicationSecret', { clientId, body: secret }, options);
  }

  /** Deletes a secret. It stops working immediately. */
  async delete(clientId: string, secretId: string, options?: CallOptions): Promise<void> {
    await this.client.call('deleteApplicationSecret', { clientId, secretId }, options);
  }
}

/** The people who sign in. */
export class AdminUsers extends AdminResource {
  /** The users of a partner. */
  list(partnerId: string, options?: CallOptions): Pages<User> {
    return this.client.list('listUsers', { partnerId }, options);
  }

  /** Adds a user. Without a password, one is generated and shown once. */
  create(partnerId: string, user: NewUser, options?: CallOptions): Promise<UserWithPassword> {
    return this.client.call('createUser', { partnerId, body: user }, options);
  }

  /** One user, by id or by sign-in name. */
  get(user: string, options?: CallOptions): Promise<User> {
    return this.client.call('getUser', { userId: user }, options);
  }

  /** Changes a user. A new password, or disabling the user, ends all of their sign-ins. */
  update(user: string, changes: UserChanges, options?: CallOptions): Promise<UserWithPassword> {
    return this.client.call('updateUser', { userId: user, body: changes }, options);
  }

  /** Deletes a user, and ends all their sign-ins. */
  async delete(user: string, options?: CallOptions): Promise<void> {
    await this.client.call('deleteUser', { userId: user }, options);
  }
}

export interface AdminCustomerListOptions extends CallOptions {
  /** Only the customers of this partner. */
  readonly partnerId?: string | undefined;
}

/** The customers of all partners. */
export class AdminCustomers extends AdminResource {
  /** All customers, or those of one partner. */
  list({ partnerId, ...options }: AdminCustomerListOptions = {}): Pages<AdminCustomer> {
    return this.client.list(
      'listAdminCustomers',
      { query: partnerId === undefined ? {} : { partnerId } },
      options,
    );
  }

  /** Adds a customer of a partner. */
  create(customer: NewCustomer, options?: CallOptions): Promise<AdminCustomer> {
    return this.client.call('createCustomer', { body: customer }, options);
  }

  /** One customer. */
  get(customerId: string, options?: CallOptions): Promise<AdminCustomer> {
    return this.client.call('getAdminCustomer', { customerId }, options);
  }

  /** Renames a customer, or moves it with its devices to another partner. */
  update(customerId: string, changes: CustomerChanges, options?: CallOptions): Promise<AdminCustomer> {
    return this.client.call('updateCustomer', { customerId, body: changes }, options);
  }

  /** Ends the relationship with the partner. The devices stay registered. */
  async endRelationship(customerId: string, options?: CallOptions): Promise<void> {
    await this.client.call('endCustomerRelationship', { customerId }, options);
  }
}

/** The keys that sign access tokens. */
export class AdminSigningKeys extends AdminResource {
  /** The keys whose tokens are valid; the one that signs comes first. */
  list(options?: CallOptions): Pages<SigningKey> {
    return this.client.list('listSigningKeys', {}, options);
  }

  /** Creates a new key, which signs from now on. Tokens signed by earlier keys stay valid until they expire. */
  rotate(options?: CallOptions): Promise<SigningKey> {
    return this.client.call('rotateSigningKey', {}, options);
  }

  /** Deletes a key that no longer signs. Its tokens are refused within 30 seconds. */
  async delete(keyId: string, options?: CallOptions): Promise<void> {
    await this.client.call('deleteSigningKey', { keyId }, options);
  }
}

/** The people who can administer the registry. */
export class Administrators extends AdminResource {
  /** All administrators. */
  list(options?: CallOptions): Pages<Administrator> {
    return this.client.list('listAdministrators', {}, options);
  }

  /** Adds an administrator. The secret is shown once. */
  create(administrator: NewAdministrator, options?: CallOptions): Promise<AdministratorOnce> {
    return this.client.call('createAdministrator', { body: administrator }, options);
  }

  /** Deletes another administrator. Their secret stops working immediately. */
  async delete(administratorId: string, options?: CallOptions): Promise<void> {
    await this.client.call('deleteAdministrator', { administratorId }, options);
  }
}
