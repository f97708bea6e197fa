import type { TokenAuthority } from '../authority/token-authority.ts';
import { TokenError } from '../authority/token-error.ts';
import type { Context } from '../context.ts';
import { grantByAuthorizationCode } from './grants/authorization-code.ts';
import { grantByClientCredentials } from './grants/client-credentials.ts';
import { grantByDeviceCode } from './grants/device-code.ts';
import { grantByPassword } from './grants/password.ts';
import { grantByRefreshToken } from './grants/refresh-token.ts';
import type { IssuedToken } from './grants/issue-user-token.ts';
import { required, type TokenRequest } from './grants/token-request.ts';

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
