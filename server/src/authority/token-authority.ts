import { SignJWT, type JWK } from 'jose';
import { randomUUID } from 'node:crypto';
import type { Application } from '../store/partners.ts';
import type { SigningKeys } from './signing-key.ts';

/** Muster's own token authority: what it signs with, and under which name. */
export interface TokenAuthority {
  /** The URL clients reach it at, without a slash at the end. */
  readonly publicUrl: string;
  readonly keys: SigningKeys;
  readonly lifetimeSeconds: number;
}

/** An access token as the token endpoint gives it out. */
export interface AccessToken {
  readonly token: string;
  readonly notBefore: number;
  readonly expiresAt: number;
}

/** The issuer's name in tokens for a partner: it ends in the tenant, as Azure AD's does. */
export function issuerOf(publicUrl: string, partnerId: string): string {
  return `${publicUrl}/${partnerId}/`;
}

/** Signs a token for an application acting as itself, with the claims clients look for (`wire.md` 7). */
export async function issueApplicationToken(
  authority: TokenAuthority,
  application: Application,
  request: { audience: string; now: Date },
): Promise<AccessToken> {
  const issuedAt = Math.floor(request.now.getTime() / 1000);
  const expiresAt = issuedAt + authority.lifetimeSeconds;
  const token = await new SignJWT({
    tid: application.partnerId,
    appid: application.clientId,
    azp: application.clientId,
    appidacr: '1',
    app_displayname: application.name,
    oid: application.clientId,
    idtyp: 'app',
    roles: [...application.roles],
    ver: '1.0',
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: authority.keys.keyId })
    .setIssuer(issuerOf(authority.publicUrl, application.partnerId))
    .setSubject(application.clientId)
    .setAudience(request.audience)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(authority.keys.privateKey);
  return { token, notBefore: issuedAt, expiresAt };
}

/** The OpenID discovery document of a partner's authority. */
export function discoveryDocument(authority: TokenAuthority, tenant: string, version: 'v1' | 'v2'): object {
  const base = `${authority.publicUrl}/${tenant}`;
  const oauth = version === 'v1' ? `${base}/oauth2` : `${base}/oauth2/v2.0`;
  return {
    issuer: issuerOf(authority.publicUrl, tenant),
    token_endpoint: `${oauth}/token`,
    jwks_uri: `${base}/discovery/keys`,
    response_types_supported: ['code', 'token'],
    subject_types_supported: ['pairwise'],
    grant_types_supported: ['client_credentials'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  };
}

/** The document verifiers read the public keys from. */
export function keyDocument(authority: TokenAuthority): { keys: readonly JWK[] } {
  return { keys: authority.keys.publicKeys };
}
