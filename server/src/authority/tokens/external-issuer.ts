import { parseGuid } from '@muster/contract/guid';
import { roles, type Role } from '@muster/contract/roles';
import { jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { Type, type Static } from '@muster/contract/schema';
import type { ElapsedMs } from '../../http/window-counters.ts';
import { RequestError } from '../../http/request-error.ts';
import type { Caller } from '../../registry/caller.ts';
import { evidenceOf, filterRoles, textClaim } from './claims.ts';
import { createRemoteKeySet } from './remote-key-set.ts';
import { refusedByJose, unauthorized } from './token-problem.ts';

const Url = Type.String({ pattern: '^https?://[^\\s#]+$' });
const Name = Type.String({ minLength: 1, maxLength: 200 });
const Guid = Type.String({ pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' });
const RoleName = Type.Enum([...roles]);

/** Another OpenID issuer whose tokens are taken, for example Microsoft Entra ID. */
export const TrustedIssuer = Type.Object(
  {
    /** As tokens name it in `iss`, to the letter. `{tenantid}` in it stands for the token's tenant. */
    issuer: Url,
    /** The discovery document. Default: below the issuer, at `.well-known/openid-configuration`. */
    discovery: Type.Optional(Url),
    /** Tokens for these audiences are taken, no others. */
    audiences: Type.Array(Name, { minItems: 1, maxItems: 20 }),
    /** The claim that names the partner tenant. Default: `tid`. */
    tenantClaim: Type.Optional(Name),
    /** Partner ids by values of that claim, where it holds no partner id itself. */
    partners: Type.Optional(Type.Record(Name, Guid)),
    /** The claim that holds roles, a text or a list. Default: `roles`. */
    rolesClaim: Type.Optional(Name),
    /** Roles by values of that claim. Default: the values are the roles' names. */
    roles: Type.Optional(Type.Record(Name, RoleName)),
  },
  { additionalProperties: false },
);
export type TrustedIssuer = Static<typeof TrustedIssuer>;

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
  readonly elapsedMs: ElapsedMs;
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
      throw unauthorized('tokenTenantOfOtherIssuer');
    const caller = toCaller(payload, found.issuer);
    if (!(await options.isPartner(caller.partnerId))) throw unauthorized('tokenPartnerUnknown');
    return { caller, expiresAt: payload.exp ?? 0 };
  };
}

function openKeySet(issuer: TrustedIssuer, options: ExternalIssuersOptions): JWTVerifyGetKey {
  return createRemoteKeySet({
    discovery: issuer.discovery ?? `${issuer.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    issuer: issuer.issuer,
    elapsedMs: options.elapsedMs,
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
  { issuer, keys }: { issuer: TrustedIssuer; keys: JWTVerifyGetKey },
  token: string,
  now: Date,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms,
      audience: issuer.audiences,
      requiredClaims: ['exp', 'iss'],
      currentDate: now,
      // Two machines' clocks are never quite the same.
      clockTolerance: 30,
    });
    return payload;
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw refusedByJose(error);
  }
}

function toCaller(payload: JWTPayload, issuer: TrustedIssuer): Caller {
  const tenant = textClaim(payload[issuer.tenantClaim ?? 'tid']);
  const partners = issuer.partners ?? {};
  const mapped = tenant !== undefined && Object.hasOwn(partners, tenant) ? partners[tenant] : tenant;
  const partnerId = parseGuid(mapped);
  const clientId = textClaim(payload.appid) ?? textClaim(payload.azp) ?? textClaim(payload.client_id);
  if (partnerId === undefined || clientId === undefined) throw unauthorized('tokenWithoutTenant');
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
    ...evidenceOf(payload),
  };
}

function readRoles(claim: unknown, mapping: Readonly<Record<string, Role>> | undefined): Role[] {
  const values = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  if (mapping === undefined) return filterRoles(values);
  return filterRoles(
    values.map((value) => (Object.hasOwn(mapping, String(value)) ? mapping[String(value)] : undefined)),
  );
}
