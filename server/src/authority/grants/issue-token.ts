import { defaultAudience } from '../clouds.ts';
import type { Context } from '../../registry/context.ts';
import { issueAccessToken, type TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import { authenticateApplication } from './authenticate-application.ts';
import { grantByAuthorizationCode } from './authorization-code.ts';
import { grantByDeviceCode } from './device-login.ts';
import { issueUserToken, type IssuedToken } from './issue-user-token.ts';
import { addRefreshToken, grantByRefreshToken } from './refresh-token.ts';
import { signInUser } from './sign-in-user.ts';
import { readWish, required, wantsRefreshToken, type TokenRequest } from './token-request.ts';

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

/** Issues a token, for an application itself or for a user whom it signed in. Throws TokenError. */
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

/** Client credentials: an application acting as itself, with its own roles. Throws TokenError. */
async function grantByClientCredentials(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<IssuedToken> {
  const application = await authenticateApplication(ctx, authority, request);
  const { partnerId } = application;
  if (application.isPublic || partnerId === undefined) throw new TokenError('publicApplication');
  const { audience } = readWish(authority, request);
  if (audience === undefined)
    throw new TokenError('invalidRequest', request.version === 'v1' ? 'resource' : 'scope');
  const subject = { ...application, partnerId, applicationName: application.name };
  const token = await issueAccessToken(authority, subject, { audience, now: ctx.now() });
  return { ...token, audience };
}

/** A user's name and password, given to the application: only where the authority allows it. Throws TokenError. */
async function grantByPassword(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<IssuedToken> {
  if (!authority.allowsPasswordGrant) throw new TokenError('passwordGrantOff');
  const application = await authenticateApplication(ctx, authority, request);
  if (application.partnerId === undefined) throw new TokenError('passwordGrantOff');
  const { audience = defaultAudience, scope } = readWish(authority, request);
  const user = await signInUser(ctx, authority, {
    userName: required(request, 'username'),
    password: required(request, 'password'),
    partnerId: application.partnerId,
    address: request.address,
  });
  // Nobody is here to type a code, and the password alone must not do for those who set up more.
  if (user.requiresMfa || user.isMfaRegistered) throw new TokenError('mfaRequired');
  const hasMfa = false;
  const refreshToken = wantsRefreshToken(request.version, scope)
    ? await addRefreshToken({ ctx, db: ctx.db, authority }, { ...application, ...user, audience, hasMfa })
    : undefined;
  return issueUserToken(ctx, authority, {
    grant: { application, user, hasMfa, audience, scope, refreshToken },
    request,
  });
}
