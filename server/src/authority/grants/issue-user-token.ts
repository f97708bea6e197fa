import {
  issueAccessToken,
  issueIdToken,
  type AccessToken,
  type TokenAuthority,
  type TokenSubject,
} from '../token-authority.ts';
import type { Context } from '../../registry/context.ts';
import type { Application } from '../../store/access/applications.ts';
import type { User } from '../../store/access/users.ts';
import { TokenError } from '../token-error.ts';
import { hasScope, type TokenRequest } from './token-request.ts';

/** What a token endpoint gives out. */
export interface IssuedToken extends AccessToken {
  readonly audience: string;
  /** What the rest is for: only where a user signed in. */
  readonly scope?: string;
  readonly refreshToken?: string;
  readonly idToken?: string;
  readonly clientInfo?: string;
}

/** Who signed in, and how. */
export interface SignedInUser {
  readonly user: User;
  /** Whether they proved a second factor. */
  readonly hasMfa: boolean;
}

/** Who signed in where, for what. */
export interface UserGrant extends SignedInUser {
  readonly application: Application;
  readonly audience: string;
  /** As asked for; decides whether there is an ID token. */
  readonly scope: string;
  readonly nonce?: string | undefined;
  readonly refreshToken: string | undefined;
}

/** Signs the tokens of a user's grant. Throws TokenError for a user who has to prove a second factor and did not. */
export async function issueUserToken(
  ctx: Context,
  authority: TokenAuthority,
  { grant, request }: { grant: UserGrant; request: TokenRequest },
): Promise<IssuedToken> {
  const { application, user, audience, hasMfa } = grant;
  if (user.requiresMfa && !hasMfa) throw new TokenError('mfaRequired');
  const subject = userSubject(application, { user, hasMfa });
  const now = ctx.now();
  const token = await issueAccessToken(authority, subject, { audience, now });
  // v1 always gives one: ADAL takes the user's id from it.
  const idToken =
    request.version === 'v1' || hasScope(grant.scope, 'openid')
      ? await issueIdToken(authority, subject, { now, version: request.version, nonce: grant.nonce })
      : undefined;
  return {
    ...token,
    audience,
    scope:
      request.version === 'v1' ? 'user_impersonation' : `${audience.replace(/\/$/, '')}/user_impersonation`,
    ...(grant.refreshToken !== undefined && { refreshToken: grant.refreshToken }),
    ...(idToken !== undefined && { idToken }),
    // MSAL asks for it, and cannot keep an account without.
    ...(request.form.get('client_info') === '1' && { clientInfo: clientInfoOf(user) }),
  };
}

/** Whom a user's tokens speak for. */
export function userSubject(
  application: Application,
  { user, hasMfa }: SignedInUser,
): TokenSubject & { readonly user: User } {
  return {
    partnerId: user.partnerId,
    clientId: application.clientId,
    applicationName: application.name,
    isPublic: application.isPublic,
    roles: user.roles,
    hasMfa,
    user,
  };
}

function clientInfoOf({ userId, partnerId }: User): string {
  return Buffer.from(JSON.stringify({ uid: userId, utid: partnerId })).toString('base64url');
}
