import { phrase, WireError, parseGuid, type Role } from '@muster/contract';
import { jwtVerify, type JWTPayload } from 'jose';
import type { Caller } from '../../registry/caller.ts';
import { filterRoles, textClaim } from './claims.ts';
import { createRemoteKeySet, type RemoteKeySet } from './remote-key-set.ts';
import type { TrustedIssuer } from './trusted-issuers.ts';
import { problemOfToken, unauthorized } from '../unauthorized.ts';

/**
 * Reads a token that names this issuer. Undefined when nobody trusts it. Throws Unauthorized for a bad token, and
 * ServiceUnavailable when the issuer's keys cannot be had.
 */
export type ExternalTokenReader = (
  issuer: string,
  token: string,
  now: Date,
) => Promise<{ caller: Caller; expiresAt: number } | undefined>;

export interface ExternalIssuersOptions {
  readonly issuers: readonly TrustedIssuer[];
  /** Whether there is such a partner. Asked once per token, not once per request. */
  readonly isPartner: (partnerId: string) => Promise<boolean>;
  readonly now: () => Date;
  readonly onFailure: (issuer: string, error: unknown) => void;
}

/** Asymmetric algorithms only: a public key must never pass for a shared secret. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const tenantPlace = '{tenantid}';

/** A reader for the tokens of trusted issuers. */
export function createExternalTokenReader(options: ExternalIssuersOptions): ExternalTokenReader {
  const trusted = options.issuers.map((issuer) => ({ issuer, keys: openKeySet(issuer, options) }));
  return async (named, token, now) => {
    const found = trusted.find(({ issuer }) => isIssuer(issuer, named));
    if (!found) return undefined;
    const payload = await verify(found, token, now);
    if (found.issuer.issuer.replace(tenantPlace, String(payload.tid)) !== named)
      throw unauthorized(phrase('its tenant and its issuer do not belong together', '租用戶與簽發者不符'));
    const caller = toCaller(payload, found.issuer);
    if (!(await options.isPartner(caller.partnerId)))
      throw unauthorized(phrase('its tenant is no partner here', '其租用戶不是此處的合作夥伴'));
    return { caller, expiresAt: payload.exp ?? 0 };
  };
}

function openKeySet(issuer: TrustedIssuer, options: ExternalIssuersOptions): RemoteKeySet {
  return createRemoteKeySet({
    discovery: issuer.discovery ?? `${issuer.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    issuer: issuer.issuer,
    now: options.now,
    onFailure: (error) => options.onFailure(issuer.issuer, error),
  });
}

function isIssuer({ issuer }: TrustedIssuer, named: string): boolean {
  const [before, after] = issuer.split(tenantPlace);
  if (before === undefined || after === undefined) return issuer === named;
  const tenant = named.slice(before.length, named.length - after.length);
  return named === before + tenant + after && parseGuid(tenant) !== undefined;
}

async function verify(
  { issuer, keys }: { issuer: TrustedIssuer; keys: RemoteKeySet },
  token: string,
  now: Date,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys.find, {
      algorithms,
      audience: issuer.audiences,
      requiredClaims: ['exp', 'iss'],
      currentDate: now,
      // Two machines' clocks are never quite the same.
      clockTolerance: 30,
    });
    return payload;
  } catch (error) {
    if (error instanceof WireError) throw error;
    throw unauthorized(problemOfToken(error), error);
  }
}

function toCaller(payload: JWTPayload, issuer: TrustedIssuer): Caller {
  const tenant = textClaim(payload[issuer.tenantClaim ?? 'tid']);
  const partners = issuer.partners ?? {};
  const mapped = tenant !== undefined && Object.hasOwn(partners, tenant) ? partners[tenant] : tenant;
  const partnerId = parseGuid(mapped);
  const clientId = textClaim(payload.appid) ?? textClaim(payload.azp) ?? textClaim(payload.client_id);
  if (partnerId === undefined || clientId === undefined)
    throw unauthorized(
      phrase('it names no partner tenant or no application', '沒有指明合作夥伴租用戶或應用程式'),
    );
  // Only tokens for a user carry a scope or a user's name.
  const upn = textClaim(payload.upn) ?? textClaim(payload.preferred_username);
  const isUser = upn !== undefined || textClaim(payload.scp) !== undefined;
  const userId = isUser ? (textClaim(payload.oid) ?? payload.sub) : undefined;
  return {
    partnerId,
    clientId,
    ...(userId !== undefined && { userId }),
    name: upn ?? textClaim(payload.app_displayname) ?? textClaim(payload.name) ?? clientId,
    roles: readRoles(payload[issuer.rolesClaim ?? 'roles'], issuer.roles),
  };
}

function readRoles(claim: unknown, mapping: Readonly<Record<string, Role>> | undefined): Role[] {
  const values = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  if (mapping === undefined) return filterRoles(values);
  return filterRoles(
    values.map((value) => (Object.hasOwn(mapping, String(value)) ? mapping[String(value)] : undefined)),
  );
}
