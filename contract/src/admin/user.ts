import { Type, type Static } from '../schema.ts';
import { Guid, Name, Page, RoleList, type AdminOperation } from './fields.ts';

const userPrincipalName = Type.String({
  minLength: 3,
  maxLength: 200,
  pattern: '^[^\\s@\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]+@[A-Za-z0-9.-]+$',
  description: 'The sign-in name, such as ada@contoso.com. Unique, lowercase.',
});
const password = Type.String({ minLength: 12, maxLength: 256, description: 'At least 12 characters.' });
const displayName = Name('The name that people see.');
const roles = RoleList("The user's roles.");

const requiresMfa = Type.Boolean({
  description:
    'Whether the user must sign in with a second factor. Users without an authenticator app set one up at their next sign-in.',
});

/** A person who signs in. */
export const User = Type.Object({
  userId: Guid("The user ID: `oid` in the user's tokens."),
  partnerId: Guid('The partner that the user belongs to.'),
  userPrincipalName,
  displayName,
  roles,
  isEnabled: Type.Boolean({ description: 'Whether the user can sign in.' }),
  requiresMfa,
  isMfaRegistered: Type.Boolean({ description: 'Whether the user has set up an authenticator app.' }),
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

/** A user, with the password if it was generated. */
export const UserWithPassword = Type.Object({
  ...User.properties,
  password: Type.Optional(Type.String({ description: 'The generated password. It cannot be shown again.' })),
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
        description:
          "Removes the user's authenticator app and recovery codes, and ends all of their sign-ins.",
      }),
    ),
    password: Type.Optional(password),
    resetPassword: Type.Optional(
      Type.Literal(true, { description: 'Generates a new password and shows it once.' }),
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
    summary: 'Add a user. If no password is given, one is generated and shown once.',
    body: NewUser,
    success: { status: 201, body: UserWithPassword },
    faults: ['ResourceNotFound', 'ResourceExists'],
  },
  getUser: {
    method: 'GET',
    path: '/users/{userId}',
    summary: 'Get a user by ID or sign-in name.',
    success: { status: 200, body: User },
    faults: ['ResourceNotFound'],
  },
  updateUser: {
    method: 'PATCH',
    path: '/users/{userId}',
    summary:
      'Change a user. A new password, disabling the user, or resetting MFA ends all of their sign-ins.',
    body: UserChanges,
    success: { status: 200, body: UserWithPassword },
    faults: ['ResourceNotFound'],
  },
  deleteUser: {
    method: 'DELETE',
    path: '/users/{userId}',
    summary: 'Delete a user and all of their sign-ins.',
    success: { status: 204 },
    faults: ['ResourceNotFound'],
  },
} as const satisfies Record<string, AdminOperation>;
