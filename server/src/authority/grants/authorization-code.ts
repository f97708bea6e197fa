import { hash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Context } from '../../registry/context.ts';
import { findApplication, type Application } from '../../store/access/applications.ts';
import {
  insertAuthorizationCode,
  lockAuthorizationCode,
  markCodeRedeemed,
  type AuthorizationCode,
} from '../../store/access/authorization-codes.ts';
import type { Db } from '../../store/database.ts';
import { findUser, type User } from '../../store/access/users.ts';
import { digestSecret, newRandomSecret } from '../random-secret.ts';
import { issueIdToken, type TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import { authenticateApplication } from './authenticate-application.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { issueUserToken, userSubject, type IssuedToken, type SignedInUser } from './issue-user-token.ts';
import { addRefreshToken, revokeFamily } from './refresh-token.ts';
import { readWish, required, wantsRefreshToken, type TokenRequest, type Wish } from './token-request.ts';

/** A code is for a program that waits for it. */
const codeSeconds = 300;

/**
 * Gives the code that the application redeems for a user who signed in at the page, with an ID token where one was
 * asked for. Throws TokenError when the application is gone.
 */
export async function grantAuthorizationCode(
  ctx: Context,
  authority: TokenAuthority,
  granted: {
    request: AuthorizationRequest & { readonly version: 'v1' | 'v2' };
    signedIn: SignedInUser;
  },
): Promise<{ code: string; id_token?: string }> {
  const { request, signedIn } = granted;
  const application = await findApplication(ctx.db, request.clientId);
  if (!application) throw new TokenError('unknownApplication', request.clientId);
  const code = newRandomSecret();
  const now = ctx.now();
  const row = {
    ...request,
    codeDigest: digestSecret(code),
    familyId: randomUUID(),
    userId: signedIn.user.userId,
    hasMfa: signedIn.hasMfa,
    expiresAt: new Date(now.getTime() + codeSeconds * 1000),
  };
  await insertAuthorizationCode(ctx.db, row, now);
  if (!request.wantsIdToken) return { code };
  const subject = userSubject(application, signedIn);
  // OpenID Connect Core 3.3.2.11: the left half of the code's digest ties the two together.
  const codeHash = hash('sha256', code, 'buffer').subarray(0, 16).toString('base64url');
  const { version, nonce } = request;
  const idToken = await issueIdToken(authority, subject, { now, version, nonce, codeHash });
  return { code, id_token: idToken };
}

/**
 * Redeems the code a user came back from the sign-in page with. Good once: the second party that brings it ends what
 * the first one got. A refused try leaves the code as it is. Throws TokenError.
 */
export async function grantByAuthorizationCode(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<IssuedToken> {
  const application = await authenticateApplication(ctx, authority, request);
  const wish = readWish(authority, request);
  // A replay is answered after the commit, so that the revocation stays.
  const redeemed = await ctx.db.transaction((db) =>
    redeem({ ctx, db, authority }, application, { request, wish }),
  );
  if (redeemed === 'replayed') throw new TokenError('redeemedCode');
  const { code, ...grant } = redeemed;
  const { scope, nonce, hasMfa } = code;
  return issueUserToken(ctx, authority, { grant: { ...grant, application, scope, nonce, hasMfa }, request });
}

interface Redeemed {
  readonly code: AuthorizationCode;
  readonly user: User;
  readonly audience: string;
  readonly refreshToken: string | undefined;
}

/** Holds the code's row until what it gives is stored: a replay at the same time waits, and finds all of it. */
async function redeem(
  { ctx, db, authority }: { ctx: Context; db: Db; authority: TokenAuthority },
  application: Application,
  { request, wish }: { request: TokenRequest; wish: Wish },
): Promise<Redeemed | 'replayed'> {
  const now = ctx.now();
  const code = await lockAuthorizationCode(db, digestSecret(required(request, 'code')), now);
  if (!code) throw new TokenError('expiredGrant', 'code');
  if (code.redeemedAt !== undefined) {
    await revokeFamily(db, code.familyId);
    return 'replayed';
  }
  checkCode(code, application, request);
  const user = await findUser(db, code.userId);
  if (!user?.isEnabled) throw new TokenError('userDisabled');
  await markCodeRedeemed(db, code.codeDigest, now);
  const audience = wish.audience ?? code.audience;
  const refreshToken = wantsRefreshToken(request.version, code.scope)
    ? await addRefreshToken({ ctx, db, authority }, { ...code, audience })
    : undefined;
  return { code, user, audience, refreshToken };
}

function checkCode(code: AuthorizationCode, application: Application, request: TokenRequest): void {
  if (code.clientId !== application.clientId) throw new TokenError('invalidGrant', 'code');
  // It may be left out where it was left out before: when only one is registered.
  const [onlyUri, ...otherUris] = application.redirectUris;
  const isLeftOut =
    !request.form.has('redirect_uri') && otherUris.length === 0 && onlyUri === code.redirectUri;
  if (!isLeftOut && required(request, 'redirect_uri') !== code.redirectUri)
    throw new TokenError('wrongRedirectUri');
  const verifier = request.form.get('code_verifier');
  if (code.codeChallenge === undefined) {
    // RFC 9700, 2.1.1: a verifier without a challenge is a sign of a downgrade.
    if (verifier !== undefined) throw new TokenError('wrongCodeVerifier');
  } else if (!isCodeVerifier(required(request, 'code_verifier'), code.codeChallenge)) {
    throw new TokenError('wrongCodeVerifier');
  }
}

/** Whether a verifier is the one behind an S256 challenge (RFC 7636, 4.6), compared in constant time. */
function isCodeVerifier(verifier: string, challenge: string): boolean {
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const actual = Buffer.from(hash('sha256', verifier, 'base64url'));
  const expected = Buffer.from(challenge);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
