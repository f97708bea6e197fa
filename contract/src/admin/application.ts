import { Type, type Static } from 'typebox';
import { ApplicationSecretOnce } from './application-secret.ts';
import { Guid, LifetimeDays, Name, RoleList } from './fields.ts';

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
