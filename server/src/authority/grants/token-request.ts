import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';

/** What a token endpoint was asked. */
export interface TokenRequest {
  /** The tenant of the URL: a partner id, its domain, `common` or `organizations`. */
  readonly tenant: string;
  /** v1 names the audience as `resource`; v2 in `scope`. */
  readonly version: 'v1' | 'v2';
  /** The form, with the client's credentials in it wherever they were sent. */
  readonly form: ReadonlyMap<string, string>;
  /** The address it came from. */
  readonly address: string;
}

/** A parameter that must be there. Throws TokenError. */
export function required(request: TokenRequest, name: string): string {
  const value = request.form.get(name);
  if (value === undefined || value === '') throw new TokenError('invalidRequest', name);
  return value;
}

const openIdScopes = new Set(['openid', 'profile', 'email', 'offline_access']);

/** What a request wants access to. */
export interface Wish {
  /** As written; undefined when the request names none. */
  readonly audience: string | undefined;
  readonly scope: string;
}

/** Reads `resource` (v1) or `scope` (v2). Throws TokenError for an audience that tokens are not given for. */
export function readWish(authority: TokenAuthority, request: Pick<TokenRequest, 'version' | 'form'>): Wish {
  const scope = request.form.get('scope') ?? '';
  const ofScope = audienceOfScope(scope);
  const audience = request.version === 'v1' ? request.form.get('resource') || undefined : ofScope;
  if (audience !== undefined && !isServed(authority, audience))
    throw new TokenError('unknownResource', audience);
  // v1 knows no scope, yet there are clients that send one there instead of a resource (older releases of pliancy's).
  if (
    request.version === 'v1' &&
    audience === undefined &&
    ofScope !== undefined &&
    isServed(authority, ofScope)
  )
    return { audience: ofScope, scope };
  return { audience, scope };
}

function isServed(authority: TokenAuthority, audience: string): boolean {
  return authority.audiences.includes(audience.replace(/\/$/, ''));
}

/** Whether a sign-in gets a refresh token: v1 always gives one, v2 when it was asked for. */
export function wantsRefreshToken(version: 'v1' | 'v2', scope: string): boolean {
  return version === 'v1' || hasScope(scope, 'offline_access');
}

export function hasScope(scope: string, name: string): boolean {
  return scope.split(' ').includes(name);
}

/** v2 names the audience inside the scope: `https://graph.windows.net/.default`. */
function audienceOfScope(scope: string): string | undefined {
  const ofResource = scope.split(' ').find((one) => one !== '' && !openIdScopes.has(one));
  return ofResource?.replace(/\/(\.default|user_impersonation)$/, '');
}
