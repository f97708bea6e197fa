import { isCodeVerifier } from '../code-challenge.ts';
import { digestSecret } from '../random-secret.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import type { Context } from '../../registry/context.ts';
import type { Application } from '../../store/access/applications.ts';
import { redeemAuthorizationCode, type AuthorizationCode } from '../../store/access/authorization-codes.ts';
import { deleteRefreshTokenFamily } from '../../store/access/refresh-tokens.ts';
import { findUser } from '../../store/access/users.ts';
import { addRefreshToken } from './add-refresh-token.ts';
import { authenticateApplication } from './authenticate-application.ts';
import { issueUserToken, type IssuedToken } from './issue-user-token.ts';
import { readWish, required, wantsRefreshToken, type TokenRequest } from './token-request.ts';

/** The code a user came back from the sign-in page with. Good once. Throws TokenError. */
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
