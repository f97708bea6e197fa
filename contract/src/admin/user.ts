import { Type, type Static } from 'typebox';
import { Guid, Name, Page, RoleList, type AdminOperation } from './fields.ts';

const userPrincipalName = Type.String({
  minLength: 3,
  maxLength: 200,
  pattern: '^[^\\s@\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]+@[A-Za-z0-9.-]+$',
  description: 'The name to sign in with, such as ada@contoso.com. Unique; lower case.',
});
const password = Type.String({ minLength: 12, maxLength: 256, description: 'At least 12 characters.' });
const displayName = Name('The name people see.');
const roles = RoleList('What they may do.');

const requiresMfa = Type.Boolean({
  description:
    'Whether they sign in with a second factor only. Without an authenticator app they set one up at their next sign-in.',
});

/** A person who signs in. */
export const User = Type.Object({
  userId: Guid('`oid` in their tokens.'),
  partnerId: Guid('The partner they work for.'),
  userPrincipalName,
  displayName,
  roles,
  isEnabled: Type.Boolean({ description: 'Whether they may sign in.' }),
  requiresMfa,
  isMfaRegistered: Type.Boolean({ description: 'Whether they have set up an authenticator app.' }),
});
export type User = Static<typeof User>;

export const NewUser = Type.Object(
  {
    userPrincipalName,
    displayName: Type.Optional(displayName),
    roles,
    requiresMfa: Type.Optional(requiresMfa),
    password: Type.Optional(password),
  },
  { additionalProperties: false },
);
export type NewUser = Static<typeof NewUser>;

/** A user, with the password if it was made for them. */
export const UserWithPassword = Type.Object({
  ...User.properties,
  password: Type.Optional(
    Type.String({ description: 'The password that was made. It cannot be shown again.' }),
  ),
});
export type UserWithPassword = Static<typeof UserWithPassword>;

export const UserChanges = Type.Object(
  {
    displayName: Type.Optional(displayName),
    roles: Type.Optional(roles),
    isEnabled: Type.Optional(Type.Boolean()),
    requiresMfa: Type.Optional(requiresMfa),
    resetMfa: Type.Optional(
      Type.Literal(true, {
        description: 'Forgets their authenticator app and recovery codes, and ends all their sign-ins.',
      }),
    ),
    password: Type.Optional(password),
    resetPassword: Type.Optional(
      Type.Literal(true, { description: 'Makes a new password and shows it once.' }),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type UserChanges = Static<typeof UserChanges>;

export const userOperations = {
  listUsers: {
    method: 'GET',
    path: '/partners/{partnerId}/users',
    summary: "List a partner's users.",
    success: { status: 200, body: Page(User) },
    faults: ['ResourceNotFound'],
  },
  createUser: {
    method: 'POST',
    path: '/partners/{partnerId}/users',
    summary: 'Add a user. Without a password one is made and shown once.',
    body: NewUser,
    success: { status: 201, body: UserWithPassword },
    faults: ['ResourceNotFound', 'ResourceExists'],
  },
  getUser: {
    method: 'GET',
    path: '/users/{userId}',
    summary: 'Get a user, by id or by sign-in name.',
    success: { status: 200, body: User },
    faults: ['ResourceNotFound'],
  },
  updateUser: {
    method: 'PATCH',
    path: '/users/{userId}',
    summary: 'Change a user. A new password, disabling, or a reset of MFA ends all their sign-ins.',
    body: UserChanges,
    success: { status: 200, body: UserWithPassword },
    faults: ['ResourceNotFound'],
  },
  deleteUser: {
    method: 'DELETE',
    path: '/users/{userId}',
    summary: 'Delete a user and all their sign-ins.',
    success: { status: 204 },
    faults: ['ResourceNotFound'],
  },
} as const satisfies Record<string, AdminOperation>;
