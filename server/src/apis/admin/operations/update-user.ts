import { phrase, WireError } from '@muster/contract';
import type { UserChanges } from '@muster/contract/admin/user';
import { newRandomSecret } from '../../../authority/random-secret.ts';
import type { SlowHasher } from '../../../authority/slow-hash.ts';
import type { Context } from '../../../registry/context.ts';
import { revokeUser } from '../../../authority/grants/refresh-token.ts';
import { updateUser as changeUser, type User } from '../../../store/access/users.ts';
import { getUser } from './get-user.ts';
import { resourceNotFound } from './resource-faults.ts';

/**
 * Changes a user. A new password, or disabling them, revokes all their refresh tokens; access tokens end by themselves.
 * Throws ResourceNotFound, and InvalidInput for a password that is both given and to be made.
 */
export async function updateUser(
  ctx: Context,
  hasher: SlowHasher,
  { idOrName, changes }: { idOrName: string; changes: UserChanges },
): Promise<User & { readonly password?: string }> {
  const { resetPassword, password, ...others } = changes;
  if (resetPassword && password !== undefined)
    throw new WireError('InvalidInput', {
      member: 'resetPassword',
      problem: phrase('does not go with a password', '不能與密碼一起使用'),
    });
  const { userId } = await getUser(ctx, idOrName);
  const made = resetPassword ? newRandomSecret() : undefined;
  const newPassword = password ?? made;
  const passwordHash = newPassword === undefined ? undefined : await hasher.hash(newPassword);
  const user = await ctx.db.transaction(async (tx) => {
    const changed = await changeUser(tx, userId, {
      ...others,
      ...(passwordHash !== undefined && { passwordHash }),
    });
    if (passwordHash !== undefined || others.isEnabled === false) await revokeUser(tx, userId);
    return changed;
  });
  if (!user) throw resourceNotFound('user', idOrName);
  return { ...user, ...(made !== undefined && { password: made }) };
}
