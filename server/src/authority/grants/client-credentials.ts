import { issueAccessToken, type TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import type { Context } from '../../registry/context.ts';
import { authenticateApplication } from './authenticate-application.ts';
import type { IssuedToken } from './issue-user-token.ts';
import { readWish, type TokenRequest } from './token-request.ts';

/** Client credentials: an application acting as itself, with its own roles. Throws TokenError. */
export async function grantByClientCredentials(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<IssuedToken> {
  const application = await authenticateApplication(ctx, authority, request);
  if (application.isPublic) throw new TokenError('publicApplication');
  const { audience } = readWish(authority, request);
  if (audience === undefined)
    throw new TokenError('invalidRequest', request.version === 'v1' ? 'resource' : 'scope');
  const subject = { ...application, applicationName: application.name };
  const token = await issueAccessToken(authority, subject, { audience, now: ctx.now() });
  return { ...token, audience };
}
