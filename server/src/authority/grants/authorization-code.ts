import { hash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Context } from '../../registry/context.ts';
import { findApplication, type Application } from '../../store/access/applications.ts';
import {
  insertAuthorizationCode,
  redeemAuthorizationCode,
  type AuthorizationCode,
} from '../../store/access/authorization-codes.ts';
import { deleteRefreshTokenFamily } from '../../store/access/refresh-tokens.ts';
import { findUser } from '../../store/access/users.ts';
import { digestSecret, newRandomSecret } from '../random-secret.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import { authenticateApplication } from './authenticate-application.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import { issueUserToken, type IssuedToken } from './issue-user-token.ts';
import { addRefreshToken } from './refresh-token.ts';
import { signInUser } from './sign-in-user.ts';
import { readWish, required, wantsRefreshToken, type TokenRequest } from './token-request.ts';

/** A code is for a program that waits for it. */
const codeSeconds = 300;

/** Signs a user in at the sign-in page and gives the code that the application redeems. Throws TokenError. */
export async function grantAuthorizationCode(
  ctx: Context,
  authority: TokenAuthority,
  attempt: { request: AuthorizationRequest; userName: string; password: string; address: string },
): Promise<string> {
  const { request } = attempt;
  const application = await findApplication(ctx.db, request.clientId);
  if (!application) throw new TokenError('unknownApplication', request.clientId);
  const user = await signInUser(ctx, authority, { ...attempt, partnerId: application.partnerId });
  const code = newRandomSecret();
  const now = ctx.now();
  const row = {
    ...request,
    codeDigest: digestSecret(code),
    familyId: randomUUID(),
    userId: user.userId,
    expiresAt: new Date(now.getTime() + codeSeconds * 1000),
  };
  await insertAuthorizationCode(ctx.db, row, now);
  return code;
}

/** Redeems the code a user came back from the sign-in page with. Good once. Throws TokenError. */
export async function grantByAuthorizationCode(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<IssuedToken> {
  const application = await authenticateApplication(ctx, authority, request);
  const wish = readWish(authority, request);
  const code = await redeemAuthorizationCode(ctx.db, digestSecret(required(request, 'code')), ctx.now());
  if (!code) throw new TokenError('expiredGrant', 'code');
  if (!code.isFirst) {
    // Two parties have this code, and one of them should not.
    await deleteRefreshTokenFamily(ctx.db, code.familyId);
    throw new TokenError('redeemedCode');
  }
  checkCode(code, application, request);
  const user = await findUser(ctx.db, code.userId);
  if (!user?.isEnabled) throw new TokenError('userDisabled');
  const audience = wish.audience ?? code.audience;
  const refreshToken = wantsRefreshToken(request.version, code.scope)
    ? await addRefreshToken({ ctx, db: ctx.db, authority }, { ...code, audience })
    : undefined;
  const grant = { application, user, audience, scope: code.scope, nonce: code.nonce, refreshToken };
  return issueUserToken(ctx, authority, { grant, request });
}

function checkCode(code: AuthorizationCode, application: Application, request: TokenRequest): void {
  if (code.clientId !== application.clientId) throw new TokenError('invalidGrant', 'code');
  if (required(request, 'redirect_uri') !== code.redirectUri) throw new TokenError('wrongRedirectUri');
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
