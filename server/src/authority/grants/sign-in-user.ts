import type { Context } from '../../registry/context.ts';
import { findUserByName, type User } from '../../store/access/users.ts';
import { addressGroup } from '../sign-in-limits.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';

/** The user with this name and password, if they belong to this partner, where one is given. Throws TokenError, the same for every reason. */
export async function signInUser(
  ctx: Context,
  authority: TokenAuthority,
  attempt: { userName: string; password: string; partnerId: string | undefined; address: string },
): Promise<User> {
  const userName = attempt.userName.trim().toLowerCase();
  const { address, password } = attempt;
  const counted = { name: `user ${userName}`, address };
  authority.limits.check(counted);
  const found = await findUserByName(ctx.db, userName);
  const share = { kind: 'user', address: addressGroup(address) } as const;
  const isPassword = await authority.hasher.matches(password, found?.passwordHash, share);
  const { partnerId = found?.partnerId } = attempt;
  if (!found || !isPassword || found.partnerId !== partnerId) {
    authority.limits.failed(counted);
    throw new TokenError('invalidUser');
  }
  authority.limits.succeeded(counted);
  if (!found.isEnabled) throw new TokenError('userDisabled');
  const { passwordHash: _, ...user } = found;
  return user;
}
