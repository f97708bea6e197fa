import { Type, type Static } from '../schema.ts';
import { Guid, LifetimeDays, Name, Page, RoleList, Time, type AdminOperation } from './fields.ts';

/** The maximum number of unexpired secrets of an application. */
export const applicationSecretsMax = 10;

/** A client secret, without the secret itself. */
export const ApplicationSecret = Type.Object({
  secretId: Guid('The ID of the secret. It is not the secret.'),
  createdAt: Time('When it was created.'),
  expiresAt: Type.Optional(Time('When it expires. Absent if it does not expire.')),
});
export type ApplicationSecret = Static<typeof ApplicationSecret>;

/** A new client secret, with the secret itself, which is shown only once. */
export const ApplicationSecretOnce = Type.Object({
  ...ApplicationSecret.properties,
  clientSecret: Type.String({ description: 'The secret. It cannot be shown again.' }),
});
export type ApplicationSecretOnce = Static<typeof ApplicationSecretOnce>;

export const NewApplicationSecret = Type.Object(
  {
    lifetimeDays: Type.Optional(LifetimeDays),
    othersExpireInHours: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 8760,
        description:
          'For rotation: the number of hours until the other secrets expire. Default: they do not change.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type NewApplicationSecret = Static<typeof NewApplicationSecret>;

const members = {
  name: Name('What people see at sign-in.'),
  roles: RoleList("Its roles for app-only requests. With a signed-in user, the user's roles apply."),
  redirectUris: Type.Array(Type.String({ minLength: 1, maxLength: 2000 }), {
    uniqueItems: true,
    maxItems: 50,
    description: 'URIs to which users can return after signing in: https, or loopback http with any port.',
  }),
};

/** A program that signs in, for itself or for a user. */
export const Application = Type.Object({
  clientId: Guid('The application ID: `appid` in its tokens.'),
  partnerId: Guid('The partner that it belongs to.'),
  ...members,
  isPublic: Type.Boolean({ description: "Whether it runs on users' own machines and has no secret." }),
});
export type Application = Static<typeof Application>;

export const NewApplication = Type.Object(
  {
    clientId: Type.Optional(Guid('Default: a new one.')),
    name: members.name,
    roles: Type.Optional(members.roles),
    redirectUris: Type.Optional(members.redirectUris),
    isPublic: Type.Optional(Type.Boolean({ description: 'Default: false.' })),
    secretLifetimeDays: Type.Optional(LifetimeDays),
  },
  { additionalProperties: false },
);
export type NewApplication = Static<typeof NewApplication>;

/** A new application, with its first secret unless it is public. */
export const CreatedApplication = Type.Object({
  ...Application.properties,
  secret: Type.Optional(ApplicationSecretOnce),
});
export type CreatedApplication = Static<typeof CreatedApplication>;

export const ApplicationChanges = Type.Partial(Type.Object(members), {
  additionalProperties: false,
  minProperties: 1,
});
export type ApplicationChanges = Static<typeof ApplicationChanges>;

export const applicationOperations = {
  listApplications: {
    method: 'GET',
    path: '/partners/{partnerId}/applications',
    summary: "List a partner's applications.",
    success: { status: 200, body: Page(Application) },
    faults: ['ResourceNotFound'],
  },
  createApplication: {
    method: 'POST',
    path: '/partners/{partnerId}/applications',
    summary: 'Add an application, with its first secret unless it is public.',
    body: NewApplication,
    success: { status: 201, body: CreatedApplication },
    faults: ['ResourceNotFound', 'ResourceExists'],
  },
  getApplication: {
    method: 'GET',
    path: '/applications/{clientId}',
    summary: 'Get an application.',
    success: { status: 200, body: Application },
    faults: ['ResourceNotFound'],
  },
  updateApplication: {
    method: 'PATCH',
    path: '/applications/{clientId}',
    summary: "Change an application's name, roles or redirect URIs.",
    body: ApplicationChanges,
    success: { status: 200, body: Application },
    faults: ['ResourceNotFound'],
  },
  deleteApplication: {
    method: 'DELETE',
    path: '/applications/{clientId}',
    summary: 'Delete an application, its secrets and all sign-ins that use it.',
    success: { status: 204 },
    faults: ['ResourceNotFound'],
  },
  listApplicationSecrets: {
    method: 'GET',
    path: '/applications/{clientId}/secrets',
    summary: 'List the unexpired secrets of an application, without the secrets themselves.',
    success: { status: 200, body: Page(ApplicationSecret) },
    faults: ['ResourceNotFound'],
  },
  createApplicationSecret: {
    method: 'POST',
    path: '/applications/{clientId}/secrets',
    summary: 'Add a secret, and optionally let the others expire. The secret is shown once.',
    body: NewApplicationSecret,
    success: { status: 201, body: ApplicationSecretOnce },
    faults: ['ResourceNotFound', 'TooManySecrets', 'PublicApplication'],
  },
  deleteApplicationSecret: {
    method: 'DELETE',
    path: '/applications/{clientId}/secrets/{secretId}',
    summary: 'Delete a secret. It stops working immediately.',
    success: { status: 204 },
    faults: ['ResourceNotFound'],
  },
} as const satisfies Record<string, AdminOperation>;
