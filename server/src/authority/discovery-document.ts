import type { TokenAuthority } from './token-authority.ts';
import { issuerOf } from './token-authority.ts';

/**
 * The OpenID discovery document of a tenant's authority. `tenant` is the partner's id, or `{tenantid}` where the URL
 * leaves the tenant open, as Azure AD writes it.
 */
export function discoveryDocument(
  authority: TokenAuthority,
  { tenant, path, version }: { tenant: string; path: string; version: 'v1' | 'v2' },
): object {
  const base = `${authority.publicUrl}/${path}`;
  const oauth = version === 'v1' ? `${base}/oauth2` : `${base}/oauth2/v2.0`;
  return {
    issuer: issuerOf(authority.publicUrl, tenant),
    authorization_endpoint: `${oauth}/authorize`,
    token_endpoint: `${oauth}/token`,
    device_authorization_endpoint: `${oauth}/devicecode`,
    jwks_uri: `${base}/discovery/keys`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    subject_types_supported: ['public'],
    scopes_supported: ['openid', 'profile', 'offline_access'],
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'tid',
      'oid',
      'upn',
      'preferred_username',
      'name',
    ],
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: [
      'client_credentials',
      'authorization_code',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:device_code',
      ...(authority.allowsPasswordGrant ? ['password'] : []),
    ],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'none'],
  };
}
