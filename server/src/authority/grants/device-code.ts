import { digestSecret } from '../random-secret.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import type { Context } from '../../registry/context.ts';
import { claimDeviceLogin, findDeviceLogin } from '../../store/access/device-logins.ts';
import { findUser } from '../../store/access/users.ts';
import { addRefreshToken } from './add-refresh-token.ts';
import { authenticateApplication } from './authenticate-application.ts';
import { issueUserToken, type IssuedToken } from './issue-user-token.ts';
import { required, wantsRefreshToken, type TokenRequest } from './token-request.ts';

/**
 * Asks whether the person has signed in on the other device. Never says `slow_down`: MSAL does not know it. Throws
 * TokenError, `authorization_pending` while there is no answer.
 */
export async function grantByDeviceCode(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<IssuedToken> {
  const application = await authenticateApplication(ctx, authority, request);
  // The v1 endpoint calls it `code`.
  const deviceCode = request.form.get('code') || required(request, 'device_code');
  const digest = digestSecret(deviceCode);
  const login = await findDeviceLogin(ctx.db, digest);
  if (!login || login.clientId !== application.clientId) throw new TokenError('unknownDeviceCode');
  if (login.expiresAt <= ctx.now()) throw new TokenError('expiredDeviceCode');
  if (login.status === 'denied') throw new TokenError('authorizationDeclined');
  if (login.status === 'pending') throw new TokenError('authorizationPending');
  const userId = await claimDeviceLogin(ctx.db, digest);
  if (userId === undefined) throw new TokenError('unknownDeviceCode');
  const user = await findUser(ctx.db, userId);
  if (!user?.isEnabled) throw new TokenError('userDisabled');
  const { audience, scope } = login;
  const refreshToken = wantsRefreshToken(request.version, scope)
    ? await addRefreshToken({ ctx, db: ctx.db, authority }, { ...login, userId, audience })
    : undefined;
  return issueUserToken(ctx, authority, {
    grant: { application, user, audience, scope, refreshToken },
    request,
  });
}
