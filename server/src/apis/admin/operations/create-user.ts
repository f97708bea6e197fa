import { randomUUID } from 'node:crypto';
import type { NewUser, UserWithPassword } from '@muster/contract/admin/user';
import { newRandomSecret } from '../../../authority/random-secret.ts';
import type { SlowHasher } from '../../../authority/slow-hash.ts';
import type { Context } from '../../../registry/context.ts';
import { insertUser } from '../../../store/access/users.ts';
import { resourceExists, resourceNotFound } from './resource-faults.ts';

/**
 * Adds a user. Without a password one is made, and is in the answer. Throws ResourceNotFound for an unknown partner and
 * ResourceExists when the sign-in name is taken.
 */
export async function createUser(
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
  };
  const made = input.password === undefined ? newRandomSecret() : undefined;
  const passwordHash = await hasher.hash(input.password ?? made ?? '');
  const result = await insertUser(ctx.db, { ...user, passwordHash });
  if (result === 'no-partner') throw resourceNotFound('partner', partnerId);
  if (result === 'taken') throw resourceExists('user', 'userPrincipalName');
  return { ...user, ...(made !== undefined && { password: made }) };
}
