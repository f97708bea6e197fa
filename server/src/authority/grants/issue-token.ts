import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import type { Context } from '../../registry/context.ts';
import { grantByAuthorizationCode } from './authorization-code.ts';
import { grantByClientCredentials } from './client-credentials.ts';
import { grantByDeviceCode } from './device-code.ts';
import { grantByPassword } from './password.ts';
import { grantByRefreshToken } from './refresh-token.ts';
import type { IssuedToken } from './issue-user-token.ts';
import { required, type TokenRequest } from './token-request.ts';

type Grant = (ctx: Context, authority: TokenAuthority, request: TokenRequest) => Promise<IssuedToken>;

const deviceCode = 'urn:ietf:params:oauth:grant-type:device_code';

const grants: ReadonlyMap<string, Grant> = new Map<string, Grant>([
  ['client_credentials', grantByClientCredentials],
  ['authorization_code', grantByAuthorizationCode],
  ['refresh_token', grantByRefreshToken],
  ['password', grantByPassword],
  [deviceCode, grantByDeviceCode],
  // The names of the v1 endpoint, from before RFC 8628.
  ['device_code', grantByDeviceCode],
]);

/** Gives out a token, for an application itself or for a user it signed in. Throws TokenError. */
export async function issueToken(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<IssuedToken> {
  const grantType = required(request, 'grant_type');
  const grant = grants.get(grantType);
  if (!grant) throw new TokenError('unsupportedGrant', grantType);
  return grant(ctx, authority, request);
}
