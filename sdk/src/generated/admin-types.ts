// Generated from the contract by scripts/generate-wire-types.ts; a test checks that it is up to date.

export interface AdminCustomer {
  /** The customer's tenant ID. */
  readonly customerId: string;
  /** The partner. Absent if the relationship has ended. */
  readonly partnerId?: string | undefined;
  /** The name of the organization. */
  readonly companyName: string;
  /** The domain of the organization. */
  readonly domainName: string;
}

export interface Administrator {
  /** The ID of the administrator. It is not the secret. */
  readonly administratorId: string;
  /** The name that the log shows. Unique. */
  readonly name: string;
  /** When the administrator was added. ISO 8601, UTC. */
  readonly createdAt: string;
}

export interface AdministratorOnce {
  /** The ID of the administrator. It is not the secret. */
  readonly administratorId: string;
  /** The name that the log shows. Unique. */
  readonly name: string;
  /** When the administrator was added. ISO 8601, UTC. */
  readonly createdAt: string;
  /** The bearer token of the administration API. It cannot be shown again. */
  readonly secret: string;
}

export interface AdminPartner {
  /** The partner's tenant ID: `tid` in its tokens. */
  readonly partnerId: string;
  /** The name of the organization. */
  readonly name: string;
  /** A domain that clients can use instead of the ID in token URLs. Unique, lowercase. */
  readonly domainName: string;
}

export interface Application {
  /** The application ID: `appid` in its tokens. */
  readonly clientId: string;
  /** The partner that it belongs to. */
  readonly partnerId: string;
  /** What people see at sign-in. */
  readonly name: string;
  /** Its roles for app-only requests. With a signed-in user, the user's roles apply. */
  readonly roles: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[];
  /** URIs to which users can return after signing in: https, or loopback http with any port. */
  readonly redirectUris: readonly string[];
  /** Whether it runs on users' own machines and has no secret. */
  readonly isPublic: boolean;
}

export interface ApplicationChanges {
  /** What people see at sign-in. */
  readonly name?: string | undefined;
  /** Its roles for app-only requests. With a signed-in user, the user's roles apply. */
  readonly roles?: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[] | undefined;
  /** URIs to which users can return after signing in: https, or loopback http with any port. */
  readonly redirectUris?: readonly string[] | undefined;
}

export interface ApplicationSecret {
  /** The ID of the secret. It is not the secret. */
  readonly secretId: string;
  /** When it was created. ISO 8601, UTC. */
  readonly createdAt: string;
  /** When it expires. Absent if it does not expire. ISO 8601, UTC. */
  readonly expiresAt?: string | undefined;
}

export interface ApplicationSecretOnce {
  /** The ID of the secret. It is not the secret. */
  readonly secretId: string;
  /** When it was created. ISO 8601, UTC. */
  readonly createdAt: string;
  /** When it expires. Absent if it does not expire. ISO 8601, UTC. */
  readonly expiresAt?: string | undefined;
  /** The secret. It cannot be shown again. */
  readonly clientSecret: string;
}

export interface CreatedApplication {
  /** The application ID: `appid` in its tokens. */
  readonly clientId: string;
  /** The partner that it belongs to. */
  readonly partnerId: string;
  /** What people see at sign-in. */
  readonly name: string;
  /** Its roles for app-only requests. With a signed-in user, the user's roles apply. */
  readonly roles: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[];
  /** URIs to which users can return after signing in: https, or loopback http with any port. */
  readonly redirectUris: readonly string[];
  /** Whether it runs on users' own machines and has no secret. */
  readonly isPublic: boolean;
  readonly secret?: ApplicationSecretOnce | undefined;
}

export interface CustomerChanges {
  /** The name of the organization. */
  readonly companyName?: string | undefined;
  /** The domain of the organization. */
  readonly domainName?: string | undefined;
  /** The partner to move the customer and its devices to. */
  readonly partnerId?: string | undefined;
}

export interface NewAdministrator {
  /** The name that the log shows. Unique. */
  readonly name: string;
}

export interface NewApplication {
  /** Default: a new one. */
  readonly clientId?: string | undefined;
  /** What people see at sign-in. */
  readonly name: string;
  /** Its roles for app-only requests. With a signed-in user, the user's roles apply. */
  readonly roles?: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[] | undefined;
  /** URIs to which users can return after signing in: https, or loopback http with any port. */
  readonly redirectUris?: readonly string[] | undefined;
  /** Default: false. */
  readonly isPublic?: boolean | undefined;
  /** The number of days until the secret expires. Default: it does not expire. */
  readonly secretLifetimeDays?: number | undefined;
}

export interface NewApplicationSecret {
  /** The number of days until the secret expires. Default: it does not expire. */
  readonly lifetimeDays?: number | undefined;
  /** For rotation: the number of hours until the other secrets expire. Default: they do not change. */
  readonly othersExpireInHours?: number | undefined;
}

export interface NewCustomer {
  /** Default: a new one. */
  readonly customerId?: string | undefined;
  /** The partner that registers its devices. */
  readonly partnerId: string;
  /** The name of the organization. */
  readonly companyName: string;
  /** Default: derived from the ID. */
  readonly domainName?: string | undefined;
}

export interface NewPartner {
  /** Default: a new one. To accept tokens of an Entra tenant, use its ID. */
  readonly partnerId?: string | undefined;
  /** The name of the organization. */
  readonly name: string;
  /** A domain that clients can use instead of the ID in token URLs. Unique, lowercase. */
  readonly domainName: string;
}

export interface NewUser {
  /** The sign-in name, such as ada@contoso.com. Unique, lowercase. */
  readonly userPrincipalName: string;
  /** The name that people see. */
  readonly displayName?: string | undefined;
  /** The user's roles. */
  readonly roles: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[];
  /** Whether the user must sign in with a second factor. Users without an authenticator app set one up at their next sign-in. */
  readonly requiresMfa?: boolean | undefined;
  /** At least 12 characters. */
  readonly password?: string | undefined;
}

export interface PartnerChanges {
  /** The name of the organization. */
  readonly name?: string | undefined;
  /** A domain that clients can use instead of the ID in token URLs. Unique, lowercase. */
  readonly domainName?: string | undefined;
}

export interface SigningKey {
  /** The `kid` in tokens and in the key set. */
  readonly keyId: string;
  /** When it was created. ISO 8601, UTC. */
  readonly createdAt: string;
  /** When its tokens expire. Absent for the key that currently signs. ISO 8601, UTC. */
  readonly expiresAt?: string | undefined;
}

export interface User {
  /** The user ID: `oid` in the user's tokens. */
  readonly userId: string;
  /** The partner that the user belongs to. */
  readonly partnerId: string;
  /** The sign-in name, such as ada@contoso.com. Unique, lowercase. */
  readonly userPrincipalName: string;
  /** The name that people see. */
  readonly displayName: string;
  /** The user's roles. */
  readonly roles: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[];
  /** Whether the user can sign in. */
  readonly isEnabled: boolean;
  /** Whether the user must sign in with a second factor. Users without an authenticator app set one up at their next sign-in. */
  readonly requiresMfa: boolean;
  /** Whether the user has set up an authenticator app. */
  readonly isMfaRegistered: boolean;
}

export interface UserChanges {
  /** The name that people see. */
  readonly displayName?: string | undefined;
  /** The user's roles. */
  readonly roles?: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[] | undefined;
  readonly isEnabled?: boolean | undefined;
  /** Whether the user must sign in with a second factor. Users without an authenticator app set one up at their next sign-in. */
  readonly requiresMfa?: boolean | undefined;
  /** Removes the user's authenticator app and recovery codes, and ends all of their sign-ins. */
  readonly resetMfa?: true | undefined;
  /** At least 12 characters. */
  readonly password?: string | undefined;
  /** Generates a new password and shows it once. */
  readonly resetPassword?: true | undefined;
}

export interface UserWithPassword {
  /** The user ID: `oid` in the user's tokens. */
  readonly userId: string;
  /** The partner that the user belongs to. */
  readonly partnerId: string;
  /** The sign-in name, such as ada@contoso.com. Unique, lowercase. */
  readonly userPrincipalName: string;
  /** The name that people see. */
  readonly displayName: string;
  /** The user's roles. */
  readonly roles: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[];
  /** Whether the user can sign in. */
  readonly isEnabled: boolean;
  /** Whether the user must sign in with a second factor. Users without an authenticator app set one up at their next sign-in. */
  readonly requiresMfa: boolean;
  /** Whether the user has set up an authenticator app. */
  readonly isMfaRegistered: boolean;
  /** The generated password. It cannot be shown again. */
  readonly password?: string | undefined;
}

/** Method and path, below `/admin/v1`, of each operation. */
export const adminOperations = {
  listPartners: { method: 'GET', path: '/partners' },
  createPartner: { method: 'POST', path: '/partners' },
  getPartner: { method: 'GET', path: '/partners/{partnerId}' },
  updatePartner: { method: 'PATCH', path: '/partners/{partnerId}' },
  deletePartner: { method: 'DELETE', path: '/partners/{partnerId}' },
  listApplications: { method: 'GET', path: '/partners/{partnerId}/applications' },
  createApplication: { method: 'POST', path: '/partners/{partnerId}/applications' },
  getApplication: { method: 'GET', path: '/applications/{clientId}' },
  updateApplication: { method: 'PATCH', path: '/applications/{clientId}' },
  deleteApplication: { method: 'DELETE', path: '/applications/{clientId}' },
  listApplicationSecrets: { method: 'GET', path: '/applications/{clientId}/secrets' },
  createApplicationSecret: { method: 'POST', path: '/applications/{clientId}/secrets' },
  deleteApplicationSecret: { method: 'DELETE', path: '/applications/{clientId}/secrets/{secretId}' },
  listUsers: { method: 'GET', path: '/partners/{partnerId}/users' },
  createUser: { method: 'POST', path: '/partners/{partnerId}/users' },
  getUser: { method: 'GET', path: '/users/{userId}' },
  updateUser: { method: 'PATCH', path: '/users/{userId}' },
  deleteUser: { method: 'DELETE', path: '/users/{userId}' },
  listAdminCustomers: { method: 'GET', path: '/customers' },
  createCustomer: { method: 'POST', path: '/customers' },
  getAdminCustomer: { method: 'GET', path: '/customers/{customerId}' },
  updateCustomer: { method: 'PATCH', path: '/customers/{customerId}' },
  endCustomerRelationship: { method: 'DELETE', path: '/customers/{customerId}/relationship' },
  listSigningKeys: { method: 'GET', path: '/signing-keys' },
  rotateSigningKey: { method: 'POST', path: '/signing-keys' },
  deleteSigningKey: { method: 'DELETE', path: '/signing-keys/{keyId}' },
  listAdministrators: { method: 'GET', path: '/administrators' },
  createAdministrator: { method: 'POST', path: '/administrators' },
  deleteAdministrator: { method: 'DELETE', path: '/administrators/{administratorId}' },
} as const;

/** What operations take as their body. */
export interface AdminBodies {
  readonly createPartner: NewPartner;
  readonly updatePartner: PartnerChanges;
  readonly createApplication: NewApplication;
  readonly updateApplication: ApplicationChanges;
  readonly createApplicationSecret: NewApplicationSecret;
  readonly createUser: NewUser;
  readonly updateUser: UserChanges;
  readonly createCustomer: NewCustomer;
  readonly updateCustomer: CustomerChanges;
  readonly createAdministrator: NewAdministrator;
}

/** What the lists are of. */
export interface AdminItems {
  readonly listPartners: AdminPartner;
  readonly listApplications: Application;
  readonly listApplicationSecrets: ApplicationSecret;
  readonly listUsers: User;
  readonly listAdminCustomers: AdminCustomer;
  readonly listSigningKeys: SigningKey;
  readonly listAdministrators: Administrator;
}

/** What the other operations give. */
export interface AdminResults {
  readonly createPartner: AdminPartner;
  readonly getPartner: AdminPartner;
  readonly updatePartner: AdminPartner;
  readonly deletePartner: undefined;
  readonly createApplication: CreatedApplication;
  readonly getApplication: Application;
  readonly updateApplication: Application;
  readonly deleteApplication: undefined;
  readonly createApplicationSecret: ApplicationSecretOnce;
  readonly deleteApplicationSecret: undefined;
  readonly createUser: UserWithPassword;
  readonly getUser: User;
  readonly updateUser: UserWithPassword;
  readonly deleteUser: undefined;
  readonly createCustomer: AdminCustomer;
  readonly getAdminCustomer: AdminCustomer;
  readonly updateCustomer: AdminCustomer;
  readonly endCustomerRelationship: undefined;
  readonly rotateSigningKey: SigningKey;
  readonly deleteSigningKey: undefined;
  readonly createAdministrator: AdministratorOnce;
  readonly deleteAdministrator: undefined;
}
