import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import type { Context } from '../../registry/context.ts';
import { addRefreshToken } from './add-refresh-token.ts';
import { authenticateApplication } from './authenticate-application.ts';
import { issueUserToken, type IssuedToken } from './issue-user-token.ts';
import { signInUser } from './sign-in-user.ts';
import {
  defaultAudience,
  readWish,
  required,
  wantsRefreshToken,
  type TokenRequest,
} from './token-request.ts';

/** A user's name and password, given to the application: only where the authority allows it. Throws TokenError. */
export async function grantByPassword(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<IssuedToken> {
  if (!authority.allowsPasswordGrant) throw new TokenError('passwordGrantOff');
  const application = await authenticateApplication(ctx, authority, request);
  const { audience = defaultAudience, scope } = readWish(authority, request);
  const user = await signInUser(ctx, authority, {
    userName: required(request, 'username'),
    password: required(request, 'password'),
    partnerId: application.partnerId,
    address: request.address,
  });
  const refreshToken = wantsRefreshToken(request.version, scope)
    ? await addRefreshToken({ ctx, db: ctx.db, authority }, { ...application, ...user, audience })
    : undefined;
  return issueUserToken(ctx, authority, {
    grant: { application, user, audience, scope, refreshToken },
    request,
  });
}
