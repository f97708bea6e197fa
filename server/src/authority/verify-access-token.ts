import { WireError, parseGuid, roles as knownRoles, type Role } from '@muster/contract';
import { createLocalJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import { hash } from 'node:crypto';
import type { Caller } from '../caller.ts';
import { issuerOf, keyDocument, type TokenAuthority } from './token-authority.ts';

/** Tokens that are remembered after their signature was verified. */
const rememberedTokensMax = 10_000;

/** Tells who a token speaks for. Throws Unauthorized with a reason that repeats nothing of the token. */
export type VerifyAccessToken = (token: string) => Promise<Caller>;

/** The audiences of Partner Center's clients (`wire.md` 7). */
export const partnerCenterAudiences = [
  'https://graph.windows.net',
  'https://api.partnercenter.microsoft.com',
] as const;

/**
 * A verifier of this authority's tokens: signature, issuer, audience, expiry, tenant. A token found good is remembered
 * by its digest until it expires: what was verified cannot become false before then.
 */
export function createTokenVerifier(
  authority: TokenAuthority,
  options: { audiences: readonly string[]; now: () => Date },
): VerifyAccessToken {
  const keySet = createLocalJWKSet({ keys: [...keyDocument(authority).keys] });
  const audiences = [...partnerCenterAudiences, ...options.audiences].flatMap((audience) => [
    audience,
    `${audience}/`,
  ]);
  const remembered = new LRUCache<string, { caller: Caller; expiresAt: number }>({
    max: rememberedTokensMax,
  });

  return async (token) => {
    const digest = hash('sha256', token, 'base64');
    const seconds = options.now().getTime() / 1000;
    const known = remembered.get(digest);
    if (known && known.expiresAt > seconds) return known.caller;
    const payload = await verify(token);
    const caller = toCaller(payload);
    if (payload.iss !== issuerOf(authority.publicUrl, caller.partnerId))
      throw unauthorized('it is from another issuer');
    remembered.set(digest, { caller, expiresAt: payload.exp ?? 0 });
    return caller;
  };

  async function verify(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, keySet, {
        algorithms: ['RS256'],
        audience: audiences,
        requiredClaims: ['exp', 'iss', 'tid'],
        currentDate: options.now(),
      });
      return payload;
    } catch (error) {
      throw unauthorized(reasonOf(error), error);
    }
  }
}

function toCaller(payload: JWTPayload): Caller {
  const partnerId = parseGuid(text(payload.tid));
  const clientId = text(payload.appid) ?? text(payload.azp);
  if (partnerId === undefined || clientId === undefined)
    throw unauthorized('it names no tenant or no application');
  const userId = text(payload.upn) === undefined ? undefined : text(payload.oid);
  return {
    partnerId,
    clientId,
    ...(userId !== undefined && { userId }),
    name: text(payload.upn) ?? text(payload.app_displayname) ?? clientId,
    roles: Array.isArray(payload.roles) ? payload.roles.filter(isRole) : [],
  };
}

function isRole(value: unknown): value is Role {
  return (knownRoles as readonly unknown[]).includes(value);
}

function text(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim !== '' ? claim : undefined;
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its claim "${error.claim}" is not accepted`;
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return 'its signature is not ours';
  return 'it cannot be read';
}

function unauthorized(problem: string, cause?: unknown): WireError {
  return new WireError('Unauthorized', { problem }, cause);
}
