// Generated from the contract by scripts/generate-wire-types.ts; a test checks that it is up to date.

export interface AdminCustomer {
  /** The customer's tenant id. */
  readonly customerId: string;
  /** The partner; absent when the relationship has ended. */
  readonly partnerId?: string | undefined;
  /** The name of the organisation. */
  readonly companyName: string;
  /** Its domain. */
  readonly domainName: string;
}

export interface Administrator {
  /** Names the administrator; it is not the secret. */
  readonly administratorId: string;
  /** Who it is, as the log has it. Unique. */
  readonly name: string;
  /** When they were added. ISO 8601, UTC. */
  readonly createdAt: string;
}

export interface AdministratorOnce {
  /** Names the administrator; it is not the secret. */
  readonly administratorId: string;
  /** Who it is, as the log has it. Unique. */
  readonly name: string;
  /** When they were added. ISO 8601, UTC. */
  readonly createdAt: string;
  /** The bearer token of the administration API. It cannot be shown again. */
  readonly secret: string;
}

export interface AdminPartner {
  /** The partner's tenant id: `tid` in its tokens. */
  readonly partnerId: string;
  /** The name of the organisation. */
  readonly name: string;
  /** What clients may write instead of the id in token URLs. Unique; lower case. */
  readonly domainName: string;
}

export interface Application {
  /** The application id: `appid` in its tokens. */
  readonly clientId: string;
  /** The partner it belongs to. */
  readonly partnerId: string;
  /** What people see at sign-in. */
  readonly name: string;
  /** What it may do when it acts as itself (app-only). For a user it acts with their roles. */
  readonly roles: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[];
  /** Where users may be sent back to after signing in: https, or loopback http with any port. */
  readonly redirectUris: readonly string[];
  /** It runs on people's own machines and has no secret. */
  readonly isPublic: boolean;
}

export interface ApplicationChanges {
  /** What people see at sign-in. */
  readonly name?: string | undefined;
  /** What it may do when it acts as itself (app-only). For a user it acts with their roles. */
  readonly roles?: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[] | undefined;
  /** Where users may be sent back to after signing in: https, or loopback http with any port. */
  readonly redirectUris?: readonly string[] | undefined;
}

export interface ApplicationSecret {
  /** Names the secret; it is not the secret. */
  readonly secretId: string;
  /** When it was made. ISO 8601, UTC. */
  readonly createdAt: string;
  /** When it stops working; absent when it does not. ISO 8601, UTC. */
  readonly expiresAt?: string | undefined;
}

export interface ApplicationSecretOnce {
  /** Names the secret; it is not the secret. */
  readonly secretId: string;
  /** When it was made. ISO 8601, UTC. */
  readonly createdAt: string;
  /** When it stops working; absent when it does not. ISO 8601, UTC. */
  readonly expiresAt?: string | undefined;
  /** The secret. It cannot be shown again. */
  readonly clientSecret: string;
}

export interface CreatedApplication {
  /** The application id: `appid` in its tokens. */
  readonly clientId: string;
  /** The partner it belongs to. */
  readonly partnerId: string;
  /** What people see at sign-in. */
  readonly name: string;
  /** What it may do when it acts as itself (app-only). For a user it acts with their roles. */
  readonly roles: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[];
  /** Where users may be sent back to after signing in: https, or loopback http with any port. */
  readonly redirectUris: readonly string[];
  /** It runs on people's own machines and has no secret. */
  readonly isPublic: boolean;
  readonly secret?: ApplicationSecretOnce | undefined;
}

export interface CustomerChanges {
  /** The name of the organisation. */
  readonly companyName?: string | undefined;
  /** Its domain. */
  readonly domainName?: string | undefined;
  /** Moves the customer, with its devices, to this partner. */
  readonly partnerId?: string | undefined;
}

export interface NewAdministrator {
  /** Who it is, as the log has it. Unique. */
  readonly name: string;
}

export interface NewApplication {
  /** Default: a new one. */
  readonly clientId?: string | undefined;
  /** What people see at sign-in. */
  readonly name: string;
  /** What it may do when it acts as itself (app-only). For a user it acts with their roles. */
  readonly roles?: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[] | undefined;
  /** Where users may be sent back to after signing in: https, or loopback http with any port. */
  readonly redirectUris?: readonly string[] | undefined;
  /** Default: false. */
  readonly isPublic?: boolean | undefined;
  /** Days until the secret expires. Default: it does not. */
  readonly secretLifetimeDays?: number | undefined;
}

export interface NewApplicationSecret {
  /** Days until the secret expires. Default: it does not. */
  readonly lifetimeDays?: number | undefined;
  /** Rotation: the other secrets work for so many more hours. Default: they are left alone. */
  readonly othersExpireInHours?: number | undefined;
}

export interface NewCustomer {
  /** Default: a new one. */
  readonly customerId?: string | undefined;
  /** The partner that registers its devices. */
  readonly partnerId: string;
  /** The name of the organisation. */
  readonly companyName: string;
  /** Default: made from the id. */
  readonly domainName?: string | undefined;
}

export interface NewPartner {
  /** Default: a new one. Give the Entra tenant id to take its tokens. */
  readonly partnerId?: string | undefined;
  /** The name of the organisation. */
  readonly name: string;
  /** What clients may write instead of the id in token URLs. Unique; lower case. */
  readonly domainName: string;
}

export interface NewUser {
  /** The name to sign in with, such as ada@contoso.com. Unique; lower case. */
  readonly userPrincipalName: string;
  /** The name people see. */
  readonly displayName?: string | undefined;
  /** What they may do. */
  readonly roles: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[];
  /** Whether they sign in with a second factor only. Without an authenticator app they set one up at their next sign-in. */
  readonly requiresMfa?: boolean | undefined;
  /** At least 12 characters. */
  readonly password?: string | undefined;
}

export interface PartnerChanges {
  /** The name of the organisation. */
  readonly name?: string | undefined;
  /** What clients may write instead of the id in token URLs. Unique; lower case. */
  readonly domainName?: string | undefined;
}

export interface SigningKey {
  /** `kid` in tokens and in the key document. */
  readonly keyId: string;
  /** When it was made. ISO 8601, UTC. */
  readonly createdAt: string;
  /** When its tokens stop being good; absent for the key that signs now. ISO 8601, UTC. */
  readonly expiresAt?: string | undefined;
}

export interface User {
  /** `oid` in their tokens. */
  readonly userId: string;
  /** The partner they work for. */
  readonly partnerId: string;
  /** The name to sign in with, such as ada@contoso.com. Unique; lower case. */
  readonly userPrincipalName: string;
  /** The name people see. */
  readonly displayName: string;
  /** What they may do. */
  readonly roles: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[];
  /** Whether they may sign in. */
  readonly isEnabled: boolean;
  /** Whether they sign in with a second factor only. Without an authenticator app they set one up at their next sign-in. */
  readonly requiresMfa: boolean;
  /** Whether they have set up an authenticator app. */
  readonly isMfaRegistered: boolean;
}

export interface UserChanges {
  /** The name people see. */
  readonly displayName?: string | undefined;
  /** What they may do. */
  readonly roles?: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[] | undefined;
  readonly isEnabled?: boolean | undefined;
  /** Whether they sign in with a second factor only. Without an authenticator app they set one up at their next sign-in. */
  readonly requiresMfa?: boolean | undefined;
  /** Forgets their authenticator app and recovery codes, and ends all their sign-ins. */
  readonly resetMfa?: true | undefined;
  /** At least 12 characters. */
  readonly password?: string | undefined;
  /** Makes a new password and shows it once. */
  readonly resetPassword?: true | undefined;
}

export interface UserWithPassword {
  /** `oid` in their tokens. */
  readonly userId: string;
  /** The partner they work for. */
  readonly partnerId: string;
  /** The name to sign in with, such as ada@contoso.com. Unique; lower case. */
  readonly userPrincipalName: string;
  /** The name people see. */
  readonly displayName: string;
  /** What they may do. */
  readonly roles: readonly ('AdminAgents' | 'SalesAgents' | 'GlobalAdmin')[];
  /** Whether they may sign in. */
  readonly isEnabled: boolean;
  /** Whether they sign in with a second factor only. Without an authenticator app they set one up at their next sign-in. */
  readonly requiresMfa: boolean;
  /** Whether they have set up an authenticator app. */
  readonly isMfaRegistered: boolean;
  /** The password that was made. It cannot be shown again. */
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
