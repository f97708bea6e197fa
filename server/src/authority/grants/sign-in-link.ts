import type { Context } from '../../registry/context.ts';
import { findApplication } from '../../store/access/applications.ts';
import { insertSignInLink, takeSignInLink } from '../../store/access/sign-in-links.ts';
import { findUser, findUserByName } from '../../store/access/users.ts';
import { defaultAudience } from '../clouds.ts';
import { consoleClientId, consolePath } from '../console-application.ts';
import { digestSecret, newRandomSecret } from '../random-secret.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import { issueUserToken, type IssuedToken } from './issue-user-token.ts';
import { addRefreshToken } from './refresh-token.ts';
import { required, type TokenRequest } from './token-request.ts';

/** Long enough to look at the terminal, and short enough that a copy of its output opens nothing. */
const linkSeconds = 600;

/**
 * Makes a link that opens the console signed in as this user: once, within ten minutes. Its secret stands behind `#`,
 * which browsers send to nobody. Undefined when there is no such user, or they may not sign in.
 */
export async function createSignInLink(
  ctx: Context,
  { publicUrl, userName }: { publicUrl: string; userName: string },
): Promise<string | undefined> {
  const user = await findUserByName(ctx.db, userName);
  if (!user?.isEnabled || user.requiresMfa || user.isMfaRegistered) return undefined;
  const secret = newRandomSecret();
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + linkSeconds * 1000);
  await insertSignInLink(ctx.db, { linkDigest: digestSecret(secret), userId: user.userId, expiresAt }, now);
  return `${publicUrl}${consolePath}#link=${secret}`;
}

/**
 * The tokens of the user whom a link signs in. The link is used up whatever comes of it. Throws TokenError, also for a user
 * who has set up a second factor since: a link proves none.
 */
export async function grantBySignInLink(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<IssuedToken> {
  const linkDigest = digestSecret(required(request, 'link'));
  const userId = await takeSignInLink(ctx.db, linkDigest, ctx.now());
  const application = userId && (await findApplication(ctx.db, consoleClientId));
  if (!userId || !application) throw new TokenError('expiredGrant', 'link');
  const user = await findUser(ctx.db, userId);
  if (!user?.isEnabled) throw new TokenError('userDisabled');
  if (user.requiresMfa || user.isMfaRegistered) throw new TokenError('mfaRequired');
  const grant = { application, user, hasMfa: false, audience: defaultAudience, scope: '' };
  const refreshToken = await addRefreshToken(
    { ctx, db: ctx.db, authority },
    { clientId: consoleClientId, userId, audience: defaultAudience, hasMfa: false },
  );
  return issueUserToken(ctx, authority, { grant: { ...grant, refreshToken }, request });
}
