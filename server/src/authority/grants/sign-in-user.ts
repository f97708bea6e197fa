import { TokenError } from '../token-error.ts';
import type { TokenAuthority } from '../token-authority.ts';
import type { Context } from '../../registry/context.ts';
import { findUserByName, type User } from '../../store/access/users.ts';
import { refuseAfterFailures } from './authenticate-application.ts';

/** Hashing this takes as long as hashing a real password, so that time does not tell which names exist. */
const nobodysHash = `scrypt$16384$8$1$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(32).toString('base64url')}`;

/** The user with this name and password, if they belong to this partner. Throws TokenError, the same for every reason. */
export async function signInUser(
  ctx: Context,
  authority: TokenAuthority,
  attempt: { userName: string; password: string; partnerId: string; address: string },
): Promise<User> {
  const userName = attempt.userName.trim().toLowerCase();
  const key = `user ${userName.slice(0, 200)} ${attempt.address}`;
  refuseAfterFailures(ctx, authority, key);
  const found = await findUserByName(ctx.db, userName);
  const isPassword = await authority.hasher.matches(attempt.password, found?.passwordHash ?? nobodysHash);
  if (!found || !isPassword || found.partnerId !== attempt.partnerId) {
    authority.failures.count(key, ctx.now());
    throw new TokenError('invalidUser');
  }
  if (!found.isEnabled) throw new TokenError('userDisabled');
  const { passwordHash: _, ...user } = found;
  return user;
}
