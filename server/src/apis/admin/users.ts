import { randomUUID } from 'node:crypto';
import { WireError, parseGuid } from '@muster/contract';
import type { NewUser, UserChanges, UserWithPassword } from '@muster/contract/admin/user';
import { revokeUser } from '../../authority/grants/refresh-token.ts';
import { newRandomSecret } from '../../authority/random-secret.ts';
import type { SlowHasher } from '../../authority/slow-hash.ts';
import type { Context } from '../../registry/context.ts';
import { deleteSecondFactor } from '../../store/access/second-factors.ts';
import {
  type User,
  deleteUser as eraseUser,
  findUser,
  findUserByName,
  insertUser,
  listUsers as readUsers,
  updateUser as changeUser,
} from '../../store/access/users.ts';
import { phraseOf } from '../../texts/phrase-of.ts';
import { type AdminCall, pageOf, type AdminPage, toPage } from './admin-call.ts';
import { getPartner } from './partners.ts';
import { resourceExists, resourceNotFound } from './resource-faults.ts';

/** /admin/v1/partners/{partnerId}/users and /admin/v1/users */
export const userHandlers = {
  listUsers: (call: AdminCall) => listUsers(call.ctx, call.param('partnerId'), pageOf(call)),
  createUser: ({ ctx, hasher, param, body }: AdminCall<NewUser>) =>
    createUser(ctx, hasher, { partnerId: param('partnerId'), input: body }),
  getUser: ({ ctx, param }: AdminCall) => getUser(ctx, param('userId')),
  updateUser: ({ ctx, hasher, param, body }: AdminCall<UserChanges>) =>
    updateUser(ctx, hasher, { idOrName: param('userId'), changes: body }),
  deleteUser: ({ ctx, param }: AdminCall) => deleteUser(ctx, param('userId')),
};

/** A user, by id or by sign-in name. Throws ResourceNotFound. */
async function getUser(ctx: Context, idOrName: string): Promise<User> {
  const userId = parseGuid(idOrName);
  const found = userId === undefined ? await findByName(ctx, idOrName) : await findUser(ctx.db, userId);
  if (!found) throw resourceNotFound('user', idOrName);
  return found;
}

async function findByName(ctx: Context, name: string): Promise<User | undefined> {
  const found = await findUserByName(ctx.db, name);
  if (!found) return undefined;
  const { passwordHash: _, ...user } = found;
  return user;
}

/** A partner's users by id. Throws ResourceNotFound for an unknown partner. */
async function listUsers(
  ctx: Context,
  partnerId: string,
  page: AdminPage,
): Promise<{ items: readonly User[]; next?: string }> {
  await getPartner(ctx, partnerId);
  return toPage(
    page,
    (part) => readUsers(ctx.db, partnerId, part),
    ({ userId }) => userId,
  );
}

/**
 * Adds a user. Without a password one is made, and is in the answer. Throws ResourceNotFound for an unknown partner and
 * ResourceExists when the sign-in name is taken.
 */
async function createUser(
  ctx: Context,
  hasher: SlowHasher,
  { partnerId, input }: { partnerId: string; input: NewUser },
): Promise<UserWithPassword> {
  const userPrincipalName = input.userPrincipalName.toLowerCase();
  const user = {
    userId: randomUUID(),
    partnerId,
    userPrincipalName,
    displayName: input.displayName ?? userPrincipalName,
    roles: input.roles,
    isEnabled: true,
    requiresMfa: input.requiresMfa ?? false,
    isMfaRegistered: false,
  };
  const made = input.password === undefined ? newRandomSecret() : undefined;
  const passwordHash = await hasher.hash(input.password ?? made ?? '');
  const result = await insertUser(ctx.db, { ...user, passwordHash });
  if (result === 'no-partner') throw resourceNotFound('partner', partnerId);
  if (result === 'taken') throw resourceExists('user', 'userPrincipalName');
  return { ...user, ...(made !== undefined && { password: made }) };
}

/**
 * Changes a user. A new password, disabling them, or a reset of MFA revokes all their refresh tokens; access tokens end by
 * themselves.
 * Throws ResourceNotFound, and InvalidInput for a password that is both given and to be made.
 */
async function updateUser(
  ctx: Context,
  hasher: SlowHasher,
  { idOrName, changes }: { idOrName: string; changes: UserChanges },
): Promise<User & { readonly password?: string }> {
  const { resetPassword, password, resetMfa, ...others } = changes;
  if (resetPassword && password !== undefined)
    throw new WireError('InvalidInput', {
      member: 'resetPassword',
      problem: phraseOf('resetWithPassword'),
    });
  const { userId } = await getUser(ctx, idOrName);
  const made = resetPassword ? newRandomSecret() : undefined;
  const newPassword = password ?? made;
  const passwordHash = newPassword === undefined ? undefined : await hasher.hash(newPassword);
  const user = await ctx.db.transaction(async (tx) => {
    if (resetMfa) await deleteSecondFactor(tx, userId);
    const changed = await changeUser(tx, userId, {
      ...others,
      ...(passwordHash !== undefined && { passwordHash }),
    });
    if (passwordHash !== undefined || others.isEnabled === false || resetMfa) await revokeUser(tx, userId);
    return changed;
  });
  if (!user) throw resourceNotFound('user', idOrName);
  return { ...user, ...(made !== undefined && { password: made }) };
}

/** Deletes a user and their sign-ins. Throws ResourceNotFound. */
async function deleteUser(ctx: Context, idOrName: string): Promise<void> {
  const { userId } = await getUser(ctx, idOrName);
  if (!(await eraseUser(ctx.db, userId))) throw resourceNotFound('user', idOrName);
}
