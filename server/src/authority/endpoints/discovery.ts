import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../../registry/context.ts';
import { signInHostsOf } from '../clouds.ts';
import { partnerOfTenant } from '../grants/authenticate-application.ts';
import { issuerAt, type TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import { readQuery, tenantOf } from './read-token-request.ts';

/** The documents that clients and verifiers read: OpenID discovery, signing keys, instance discovery. */
export function addDiscovery(app: FastifyInstance, ctx: Context, authority: TokenAuthority): void {
  const document = async (request: FastifyRequest, version: 'v1' | 'v2'): Promise<object> => {
    const path = tenantOf(request);
    const tenant = (await partnerOfTenant(ctx, path)) ?? '{tenantid}';
    return discoveryDocument(authority, { tenant, path: encodeURIComponent(path), version });
  };
  const keys = async () => ({ keys: (await authority.keys.read()).publicKeys });
  app.get('/:tenant/.well-known/openid-configuration', async (request) => document(request, 'v1'));
  app.get('/:tenant/v2.0/.well-known/openid-configuration', async (request) => document(request, 'v2'));
  app.get('/:tenant/discovery/keys', keys);
  app.get('/:tenant/discovery/v2.0/keys', keys);
  app.get('/:tenant/discovery/instance', async (request) =>
    instanceDocument(authority, request.host, readQuery(request).get('authorization_endpoint') ?? ''),
  );
  // ADAL asks before it sends a user's name and password. Every name is answered alike, so that it tells nobody's.
  app.get('/:tenant/userrealm/:upn', async (request) => {
    const { upn } = request.params as { upn: string };
    return {
      ver: '1.0',
      account_type: 'Managed',
      domain_name: upn.slice(upn.lastIndexOf('@') + 1),
      cloud_instance_name: new URL(authority.publicUrl).host,
      cloud_audience_urn: 'urn:federation:MicrosoftOnline',
    };
  });
}

/**
 * The OpenID discovery document of a tenant's authority. `tenant` is the partner's id, or `{tenantid}` where the URL
 * leaves the tenant open, as Azure AD writes it.
 */
function discoveryDocument(
  authority: TokenAuthority,
  { tenant, path, version }: { tenant: string; path: string; version: 'v1' | 'v2' },
): object {
  const base = `${authority.publicUrl}/${path}`;
  const oauth = version === 'v1' ? `${base}/oauth2` : `${base}/oauth2/v2.0`;
  return {
    issuer: issuerAt(version, authority.publicUrl, tenant),
    authorization_endpoint: `${oauth}/authorize`,
    token_endpoint: `${oauth}/token`,
    device_authorization_endpoint: `${oauth}/devicecode`,
    jwks_uri: `${base}/discovery/keys`,
    response_types_supported: ['code', 'code id_token'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
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
      'amr',
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

/**
 * Instance discovery: MSAL and ADAL ask the host of Azure AD whether an authority is one, before they send anything
 * there. This authority confirms every name that reaches it: its own, those of the settings, and Azure AD's where the
 * request came by one of those. Throws TokenError.
 */
function instanceDocument(
  authority: TokenAuthority,
  requestHost: string,
  authorizationEndpoint: string,
): object {
  const { host } = new URL(authority.publicUrl);
  const reached = requestHost.toLowerCase();
  const names = new Set([
    host,
    reached,
    ...loopbackNames(host),
    ...authority.hosts,
    ...signInHostsOf(reached),
  ]);
  const asked = URL.canParse(authorizationEndpoint) ? new URL(authorizationEndpoint) : undefined;
  if (asked === undefined || !names.has(asked.host)) throw new TokenError('unknownInstance');
  const tenant = asked.pathname.split('/')[1] || 'common';
  return {
    tenant_discovery_endpoint: `${authority.publicUrl}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: asked.host, preferred_cache: host, aliases: [...names] }],
  };
}

/** A service on this machine can be reached under each of these names. */
function loopbackNames(host: string): string[] {
  const { hostname, port } = new URL(`http://${host}`);
  const names = ['localhost', '127.0.0.1', '[::1]'];
  return names.includes(hostname) ? names.map((name) => (port === '' ? name : `${name}:${port}`)) : [];
}
