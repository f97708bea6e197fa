import type { TSchema } from 'typebox';
import type { FaultName } from '../partner-center/fault-catalog.ts';
import { Administrator, AdministratorOnce, NewAdministrator } from './administrator.ts';
import { ApplicationSecret, ApplicationSecretOnce, NewApplicationSecret } from './application-secret.ts';
import { Application, ApplicationChanges, CreatedApplication, NewApplication } from './application.ts';
import { AdminCustomer, CustomerChanges, NewCustomer } from './customer.ts';
import { Page } from './page.ts';
import { NewPartner, Partner, PartnerChanges } from './partner.ts';
import { SigningKey } from './signing-key.ts';
import { NewUser, User, UserChanges, UserWithPassword } from './user.ts';

/** One operation of the administration API. It is Muster's own: Partner Center has no such thing. */
export interface AdminOperation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/admin/v1`. `{name}` is a path parameter. */
  readonly path: string;
  readonly summary: string;
  readonly body?: TSchema;
  readonly success: { readonly status: 200 | 201 | 204; readonly body?: TSchema };
  /** The faults it can answer with, beside those every operation shares (400, 401, 403, 500, 503). */
  readonly faults: readonly FaultName[];
}

const unknown = ['ResourceNotFound'] as const;
const unknownOrTaken = ['ResourceNotFound', 'ResourceExists'] as const;

/** The administration API, one row per operation. Routes, the published contract and the command line read this. */
export const adminOperations = {
  listPartners: {
    method: 'GET',
    path: '/partners',
    summary: 'List partners.',
    success: { status: 200, body: Page(Partner) },
    faults: [],
  },
  createPartner: {
    method: 'POST',
    path: '/partners',
    summary: 'Add a partner.',
    body: NewPartner,
    success: { status: 201, body: Partner },
    faults: ['ResourceExists'],
  },
  getPartner: {
    method: 'GET',
    path: '/partners/{partnerId}',
    summary: 'Get a partner.',
    success: { status: 200, body: Partner },
    faults: unknown,
  },
  updatePartner: {
    method: 'PATCH',
    path: '/partners/{partnerId}',
    summary: 'Rename a partner, or change its domain.',
    body: PartnerChanges,
    success: { status: 200, body: Partner },
    faults: unknownOrTaken,
  },
  deletePartner: {
    method: 'DELETE',
    path: '/partners/{partnerId}',
    summary: 'Delete a partner with its applications and users. It must have no customers.',
    success: { status: 204 },
    faults: ['ResourceNotFound', 'PartnerHasCustomers'],
  },
  listApplications: {
    method: 'GET',
    path: '/partners/{partnerId}/applications',
    summary: "List a partner's applications.",
    success: { status: 200, body: Page(Application) },
    faults: unknown,
  },
  createApplication: {
    method: 'POST',
    path: '/partners/{partnerId}/applications',
    summary: 'Add an application, with its first secret unless it is public.',
    body: NewApplication,
    success: { status: 201, body: CreatedApplication },
    faults: unknownOrTaken,
  },
  getApplication: {
    method: 'GET',
    path: '/applications/{clientId}',
    summary: 'Get an application.',
    success: { status: 200, body: Application },
    faults: unknown,
  },
  updateApplication: {
    method: 'PATCH',
    path: '/applications/{clientId}',
    summary: "Change an application's name, roles or redirect URIs.",
    body: ApplicationChanges,
    success: { status: 200, body: Application },
    faults: unknown,
  },
  deleteApplication: {
    method: 'DELETE',
    path: '/applications/{clientId}',
    summary: 'Delete an application, its secrets and all sign-ins made through it.',
    success: { status: 204 },
    faults: unknown,
  },
  listApplicationSecrets: {
    method: 'GET',
    path: '/applications/{clientId}/secrets',
    summary: "List an application's secrets that have not expired, without the secrets themselves.",
    success: { status: 200, body: Page(ApplicationSecret) },
    faults: unknown,
  },
  createApplicationSecret: {
    method: 'POST',
    path: '/applications/{clientId}/secrets',
    summary: 'Add a secret; to rotate, let the others expire. The secret is shown once.',
    body: NewApplicationSecret,
    success: { status: 201, body: ApplicationSecretOnce },
    faults: ['ResourceNotFound', 'TooManySecrets', 'PublicApplication'],
  },
  deleteApplicationSecret: {
    method: 'DELETE',
    path: '/applications/{clientId}/secrets/{secretId}',
    summary: 'Delete a secret: it is refused at once.',
    success: { status: 204 },
    faults: unknown,
  },
  listUsers: {
    method: 'GET',
    path: '/partners/{partnerId}/users',
    summary: "List a partner's users.",
    success: { status: 200, body: Page(User) },
    faults: unknown,
  },
  createUser: {
    method: 'POST',
    path: '/partners/{partnerId}/users',
    summary: 'Add a user. Without a password one is made and shown once.',
    body: NewUser,
    success: { status: 201, body: UserWithPassword },
    faults: unknownOrTaken,
  },
  getUser: {
    method: 'GET',
    path: '/users/{userId}',
    summary: 'Get a user, by id or by sign-in name.',
    success: { status: 200, body: User },
    faults: unknown,
  },
  updateUser: {
    method: 'PATCH',
    path: '/users/{userId}',
    summary: 'Change a user. A new password, or disabling, ends all their sign-ins.',
    body: UserChanges,
    success: { status: 200, body: UserWithPassword },
    faults: unknown,
  },
  deleteUser: {
    method: 'DELETE',
    path: '/users/{userId}',
    summary: 'Delete a user and all their sign-ins.',
    success: { status: 204 },
    faults: unknown,
  },
  listAdminCustomers: {
    method: 'GET',
    path: '/customers',
    summary: 'List customers, of one partner (`partnerId`) or of all.',
    success: { status: 200, body: Page(AdminCustomer) },
    faults: [],
  },
  createCustomer: {
    method: 'POST',
    path: '/customers',
    summary: 'Add a customer of a partner.',
    body: NewCustomer,
    success: { status: 201, body: AdminCustomer },
    faults: unknownOrTaken,
  },
  getAdminCustomer: {
    method: 'GET',
    path: '/customers/{customerId}',
    summary: 'Get a customer.',
    success: { status: 200, body: AdminCustomer },
    faults: unknown,
  },
  updateCustomer: {
    method: 'PATCH',
    path: '/customers/{customerId}',
    summary: 'Rename a customer, or move it to another partner with its devices.',
    body: CustomerChanges,
    success: { status: 200, body: AdminCustomer },
    faults: unknown,
  },
  endCustomerRelationship: {
    method: 'DELETE',
    path: '/customers/{customerId}/relationship',
    summary: 'End the relationship with the partner. The devices stay registered.',
    success: { status: 204 },
    faults: unknown,
  },
  listSigningKeys: {
    method: 'GET',
    path: '/signing-keys',
    summary: 'List the keys whose tokens are good, the one that signs first.',
    success: { status: 200, body: Page(SigningKey) },
    faults: [],
  },
  rotateSigningKey: {
    method: 'POST',
    path: '/signing-keys',
    summary: 'Make a new key that signs from now on. Tokens of the ones before stay good until they expire.',
    success: { status: 201, body: SigningKey },
    faults: [],
  },
  deleteSigningKey: {
    method: 'DELETE',
    path: '/signing-keys/{keyId}',
    summary: 'Delete a key that no longer signs: its tokens are refused within half a minute.',
    success: { status: 204 },
    faults: ['ResourceNotFound', 'SigningKeyInUse'],
  },
  listAdministrators: {
    method: 'GET',
    path: '/administrators',
    summary: 'List administrators.',
    success: { status: 200, body: Page(Administrator) },
    faults: [],
  },
  createAdministrator: {
    method: 'POST',
    path: '/administrators',
    summary: 'Add an administrator. The secret is shown once.',
    body: NewAdministrator,
    success: { status: 201, body: AdministratorOnce },
    faults: ['ResourceExists'],
  },
  deleteAdministrator: {
    method: 'DELETE',
    path: '/administrators/{administratorId}',
    summary: 'Delete another administrator: their secret is refused at once.',
    success: { status: 204 },
    faults: ['ResourceNotFound', 'OwnAdministrator'],
  },
} as const satisfies Record<string, AdminOperation>;

export type AdminOperationId = keyof typeof adminOperations;
