import { randomUUID } from 'node:crypto';
import { digestSecret, newRandomSecret } from '../random-secret.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import type { Context } from '../../registry/context.ts';
import type { Application } from '../../store/access/applications.ts';
import type { Db } from '../../store/database.ts';
import {
  deleteRefreshTokenFamily,
  deleteRefreshTokensOfUser,
  extendRefreshToken,
  insertRefreshToken,
  lockRefreshToken,
  replaceRefreshToken,
  type RefreshToken,
} from '../../store/access/refresh-tokens.ts';
import { findUser, type User } from '../../store/access/users.ts';
import { authenticateApplication } from './authenticate-application.ts';
import { issueUserToken, type IssuedToken } from './issue-user-token.ts';
import { readWish, required, type TokenRequest } from './token-request.ts';

/**
 * A replaced token may be used for this much longer: its answer can be lost on the way, and two processes can share one
 * login. Later than that it is a copy in the wrong hands.
 */
const reuseLeewayMs = 30_000;

/** A token's end is moved no more often than this, so that using it is not always a write. */
const extendMs = 24 * 60 * 60_000;

interface Refreshed {
  readonly used: RefreshToken;
  readonly user: User;
  readonly refreshToken: string;
}

/**
 * A refresh token: a new access token for the user who signed in once, with the roles they have now. A public
 * application gets a new refresh token each time, and the use of an old one revokes all that came of the sign-in. An
 * application with a secret keeps its token, as with Azure AD, unless the authority is set to rotate every one.
 * See docs/decisions/0020-token-authority.md. Throws TokenError.
 */
export async function grantByRefreshToken(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<IssuedToken> {
  const application = await authenticateApplication(ctx, authority, request);
  const wish = readWish(authority, request);
  const token = required(request, 'refresh_token');
  // A reuse is answered after the commit, so that the revocation stays.
  const refreshed = await ctx.db.transaction((db) => use({ ctx, db, authority }, application, token));
  if (refreshed === 'reused') throw new TokenError('reusedRefreshToken');
  const { used, user, refreshToken } = refreshed;
  const audience = wish.audience ?? used.audience;
  const { hasMfa } = used;
  const grant = { application, user, hasMfa, audience, scope: wish.scope, refreshToken };
  return issueUserToken(ctx, authority, { grant, request });
}

async function use(
  { ctx, db, authority }: { ctx: Context; db: Db; authority: TokenAuthority },
  application: Application,
  token: string,
): Promise<Refreshed | 'reused'> {
  const now = ctx.now();
  const used = await lockRefreshToken(db, digestSecret(token), now);
  if (!used) throw new TokenError('expiredGrant', 'refresh_token');
  if (used.clientId !== application.clientId) throw new TokenError('invalidGrant', 'refresh_token');
  if (isSpent(used, now)) {
    await revokeFamily(db, used.familyId);
    return 'reused';
  }
  const user = await findUser(db, used.userId);
  if (!user?.isEnabled) throw new TokenError('userDisabled');
  if (user.requiresMfa && !used.hasMfa) throw new TokenError('mfaRequired');
  if (application.isPublic || authority.rotatesEveryRefreshToken) {
    await replaceRefreshToken(db, used.tokenDigest, now);
    return { used, user, refreshToken: await addRefreshToken({ ctx, db, authority }, used) };
  }
  const expiresAt = refreshExpiry(ctx, authority);
  if (expiresAt.getTime() - used.expiresAt.getTime() > extendMs)
    await extendRefreshToken(db, used.tokenDigest, expiresAt);
  return { used, user, refreshToken: token };
}

/** Adds a refresh token to a family, or begins one, and returns it: it exists nowhere else. */
export async function addRefreshToken(
  { ctx, db, authority }: { ctx: Context; db: Db; authority: TokenAuthority },
  grant: { familyId?: string; clientId: string; userId: string; audience: string; hasMfa: boolean },
): Promise<string> {
  const token = newRandomSecret();
  const now = ctx.now();
  const row = {
    tokenDigest: digestSecret(token),
    familyId: grant.familyId ?? randomUUID(),
    clientId: grant.clientId,
    userId: grant.userId,
    audience: grant.audience,
    hasMfa: grant.hasMfa,
    expiresAt: refreshExpiry(ctx, authority),
  };
  await insertRefreshToken(db, row, now);
  return token;
}

/** A replacement that seems to lie ahead says that the clock was set back: then nobody can tell how long ago it was. */
function isSpent({ replacedAt }: { replacedAt: Date | undefined }, now: Date): boolean {
  return replacedAt !== undefined && Math.abs(now.getTime() - replacedAt.getTime()) > reuseLeewayMs;
}

/** Ends everything that came of one sign-in, what is being added at this moment included. In a transaction only. */
export async function revokeFamily(tx: Db, familyId: string): Promise<void> {
  // The first waits for whoever holds a token of the family to replace it; the second sees what they put in its place.
  await deleteRefreshTokenFamily(tx, familyId);
  await deleteRefreshTokenFamily(tx, familyId);
}

/** Ends everything a user signed in, in the same way. */
export async function revokeUser(tx: Db, userId: string): Promise<void> {
  await deleteRefreshTokensOfUser(tx, userId);
  await deleteRefreshTokensOfUser(tx, userId);
}

/** When a refresh token given out or used now ends. */
function refreshExpiry(ctx: Context, authority: TokenAuthority): Date {
  return new Date(ctx.now().getTime() + authority.refreshLifetimeSeconds * 1000);
}
