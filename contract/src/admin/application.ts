import { Type, type Static } from 'typebox';
import { Guid, LifetimeDays, Name, Page, RoleList, Time, type AdminOperation } from './fields.ts';

/** How many unexpired secrets an application has at the most. */
export const applicationSecretsMax = 10;

/** What may be known of a secret. */
export const ApplicationSecret = Type.Object({
  secretId: Guid('Names the secret; it is not the secret.'),
  createdAt: Time('When it was made.'),
  expiresAt: Type.Optional(Time('When it stops working; absent when it does not.')),
});
export type ApplicationSecret = Static<typeof ApplicationSecret>;

/** A secret as it is shown once, when it is made. */
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
        description: 'Rotation: the other secrets work for so many more hours. Default: they are left alone.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type NewApplicationSecret = Static<typeof NewApplicationSecret>;

const members = {
  name: Name('What people see at sign-in.'),
  roles: RoleList('What it may do when it acts as itself (app-only). For a user it acts with their roles.'),
  redirectUris: Type.Array(Type.String({ minLength: 1, maxLength: 2000 }), {
    uniqueItems: true,
    maxItems: 50,
    description: 'Where users may be sent back to after signing in: https, or loopback http with any port.',
  }),
};

/** A program that signs in: as itself, or for a user. */
export const Application = Type.Object({
  clientId: Guid('The application id: `appid` in its tokens.'),
  partnerId: Guid('The partner it belongs to.'),
  ...members,
  isPublic: Type.Boolean({ description: "It runs on people's own machines and has no secret." }),
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
    summary: 'Delete an application, its secrets and all sign-ins made through it.',
    success: { status: 204 },
    faults: ['ResourceNotFound'],
  },
  listApplicationSecrets: {
    method: 'GET',
    path: '/applications/{clientId}/secrets',
    summary: "List an application's secrets that have not expired, without the secrets themselves.",
    success: { status: 200, body: Page(ApplicationSecret) },
    faults: ['ResourceNotFound'],
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
    faults: ['ResourceNotFound'],
  },
} as const satisfies Record<string, AdminOperation>;
