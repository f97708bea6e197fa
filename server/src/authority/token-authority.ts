import { SignJWT } from 'jose';
import type { LRUCache } from 'lru-cache';
import { randomUUID } from 'node:crypto';
import type { SigningKeyRing } from './tokens/signing-key-ring.ts';
import type { WindowCounters } from '../http/window-counters.ts';
import type { SignInLimits } from './sign-in-limits.ts';
import type { ApplicationSecretCheck, SlowHasher } from './slow-hash.ts';

/** Muster's own token authority: what it signs with, under which name, and what it allows. */
export interface TokenAuthority {
  /** The URL clients reach it at, without a slash at the end. */
  readonly publicUrl: string;
  /** Other host names that clients reach it by. */
  readonly hosts: readonly string[];
  readonly keys: SigningKeyRing;
  readonly lifetimeSeconds: number;
  readonly refreshLifetimeSeconds: number;
  /** Who tokens may be for. */
  readonly audiences: readonly string[];
  readonly allowsPasswordGrant: boolean;
  /** Whether refresh tokens of applications with a secret are used once, too. */
  readonly rotatesEveryRefreshToken: boolean;
  readonly hasher: SlowHasher;
  readonly secrets: ApplicationSecretCheck;
  /** Stops guessing of secrets, passwords and codes. */
  readonly limits: SignInLimits;
  /** Stops guessing of second factors: counts per user, whatever address the tries come from. */
  readonly secondFactors: WindowCounters;
  /** Stops floods of device codes. */
  readonly deviceLogins: WindowCounters;
  /** The ids of sign-in pages that were posted. */
  readonly usedTickets: LRUCache<string, true>;
}

/** Who a token speaks for. */
export interface TokenSubject {
  readonly partnerId: string;
  readonly clientId: string;
  readonly applicationName: string;
  readonly isPublic: boolean;
  /** What the bearer may do: the user's roles, or the application's when it acts as itself. */
  readonly roles: readonly string[];
  /** Whether the user proved a second factor when they signed in. */
  readonly hasMfa?: boolean;
  /** Absent for an application acting as itself. */
  readonly user?: {
    readonly userId: string;
    readonly userPrincipalName: string;
    readonly displayName: string;
  };
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

/**
 * The issuer's name at an endpoint of a version. That of v2.0 is the address its discovery document is found below, which
 * OpenID clients insist on; ID tokens of v2.0 name it, access tokens name the one of v1, both as Azure AD's do.
 */
export function issuerAt(version: 'v1' | 'v2', publicUrl: string, partnerId: string): string {
  return version === 'v1' ? issuerOf(publicUrl, partnerId) : `${publicUrl}/${partnerId}/v2.0`;
}

/** Signs an access token with the claims clients look for (`docs/wire.md` 7). `endsBy` (seconds since 1970) can cut its life. */
export async function issueAccessToken(
  authority: TokenAuthority,
  subject: TokenSubject,
  request: { audience: string; now: Date; endsBy?: number },
): Promise<AccessToken> {
  const issuedAt = Math.floor(request.now.getTime() / 1000);
  const expiresAt = Math.min(issuedAt + authority.lifetimeSeconds, request.endsBy ?? Infinity);
  const keys = await authority.keys.read();
  const token = await new SignJWT({
    tid: subject.partnerId,
    appid: subject.clientId,
    azp: subject.clientId,
    appidacr: subject.isPublic ? '0' : '1',
    app_displayname: subject.applicationName,
    ...claimsOfSubject(subject),
    roles: [...subject.roles],
    ver: '1.0',
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keys.keyId })
    .setIssuer(issuerOf(authority.publicUrl, subject.partnerId))
    .setSubject(subject.user?.userId ?? subject.clientId)
    .setAudience(request.audience)
    .setJti(randomUUID())
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(keys.privateKey);
  return { token, notBefore: issuedAt, expiresAt };
}

function claimsOfSubject(subject: TokenSubject): Record<string, unknown> {
  const { clientId, user } = subject;
  if (user === undefined) return { oid: clientId, idtyp: 'app' };
  return {
    oid: user.userId,
    idtyp: 'user',
    name: user.displayName,
    upn: user.userPrincipalName,
    unique_name: user.userPrincipalName,
    scp: 'user_impersonation',
    amr: methodsOf(subject),
  };
}

/** How the user proved who they are (RFC 8176). */
function methodsOf({ hasMfa = false }: TokenSubject): string[] {
  return hasMfa ? ['pwd', 'mfa'] : ['pwd'];
}

/** Signs an ID token: who signed in, for the application itself. No API takes it. */
export async function issueIdToken(
  authority: TokenAuthority,
  subject: TokenSubject & { readonly user: NonNullable<TokenSubject['user']> },
  request: { now: Date; version: 'v1' | 'v2'; nonce?: string | undefined; codeHash?: string },
): Promise<string> {
  const issuedAt = Math.floor(request.now.getTime() / 1000);
  const keys = await authority.keys.read();
  return new SignJWT({
    tid: subject.partnerId,
    oid: subject.user.userId,
    name: subject.user.displayName,
    preferred_username: subject.user.userPrincipalName,
    upn: subject.user.userPrincipalName,
    amr: methodsOf(subject),
    ...(request.nonce !== undefined && { nonce: request.nonce }),
    ...(request.codeHash !== undefined && { c_hash: request.codeHash }),
    ver: request.version === 'v1' ? '1.0' : '2.0',
  })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keys.keyId })
    .setIssuer(issuerAt(request.version, authority.publicUrl, subject.partnerId))
    .setSubject(subject.user.userId)
    .setAudience(subject.clientId)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + authority.lifetimeSeconds)
    .sign(keys.privateKey);
}
