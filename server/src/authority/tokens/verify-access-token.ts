import { parseGuid } from '@muster/contract/guid';
import { decodeJwt, errors, jwtVerify, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import { hash } from 'node:crypto';
import type { ElapsedMs } from '../../http/window-counters.ts';
import type { Caller } from '../../registry/caller.ts';
import { evidenceOf, filterRoles, textClaim } from './claims.ts';
import type { ExternalTokenReader } from './external-issuer.ts';
import type { SigningKeys } from './signing-key-ring.ts';
import { refusedByJose, unauthorized } from './token-problem.ts';
import { issuerOf, type TokenAuthority } from '../token-authority.ts';

/** Tokens that are remembered after their signature was verified. */
const rememberedTokensMax = 10_000;

/** Tokens of other issuers are looked at again after this long, so that a key they withdraw stops working here. */
const externalMsMax = 300_000;

/** Tells who a token speaks for. */
export interface AccessTokenVerifier {
  /** Throws Unauthorized with a reason that repeats nothing of the token. */
  verify(token: string): Promise<VerifiedToken>;
  /** A token that was verified before and is still good. */
  remembered(token: string): VerifiedToken | undefined;
  /** Whether a verified token is still good: it has not expired, and our keys are those it was verified with. */
  holds(verified: VerifiedToken): boolean;
}

/** A token whose signature was found good. */
export interface VerifiedToken {
  readonly caller: Caller;
  readonly expiresAt: number;
  /** The keys of our own that it was verified with; undefined for another issuer's token. */
  readonly keys: SigningKeys | undefined;
  /** When it is verified again, by `elapsedMs`; undefined: not before it expires. */
  readonly againAtMs?: number;
}

/**
 * A verifier of access tokens: signature, issuer, audience, expiry, tenant. A token found good is remembered by its
 * digest until it expires, or until the keys change: what was verified cannot become false before then.
 */
export function createTokenVerifier(
  authority: TokenAuthority,
  options: { now: () => Date; elapsedMs: ElapsedMs; external: ExternalTokenReader },
): AccessTokenVerifier {
  const verified = new LRUCache<string, VerifiedToken>({ max: rememberedTokensMax });
  return {
    verify: async (token) => {
      const found = await readToken(token, options.now());
      verified.set(digestOf(token), found);
      return found;
    },
    remembered: (token) => {
      const found = verified.get(digestOf(token));
      return found && holds(found) ? found : undefined;
    },
    holds,
  };

  function holds({ expiresAt, keys, againAtMs = Infinity }: VerifiedToken): boolean {
    if (againAtMs <= options.elapsedMs()) return false;
    if (expiresAt <= options.now().getTime() / 1000) return false;
    return !keys || keys === authority.keys.remembered();
  }

  async function readToken(token: string, now: Date): Promise<VerifiedToken> {
    const issuer = issuerNamedBy(token);
    if (issuer === undefined) throw unauthorized('tokenUnreadable');
    if (issuer.startsWith(`${authority.publicUrl}/`)) return readOwnToken(authority, token, now);
    const found = await options.external(issuer, token, now);
    if (found === undefined) throw unauthorized('tokenIssuerUnknown');
    return { ...found, keys: undefined, againAtMs: options.elapsedMs() + externalMsMax };
  }
}

/** Verifies a token of our own authority. Throws Unauthorized. */
async function readOwnToken(
  authority: TokenAuthority,
  token: string,
  now: Date,
): Promise<{ caller: Caller; expiresAt: number; keys: SigningKeys }> {
  const known = authority.keys.remembered();
  try {
    return await readWith(known, authority, { token, now });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (!(cause instanceof errors.JWKSNoMatchingKey)) throw error;
    // Another node may have made a new key since. A flood of such tokens causes one read at a time.
    const newer = await authority.keys.read();
    if (newer === known) throw error;
    return readWith(newer, authority, { token, now });
  }
}

async function readWith(
  keys: SigningKeys,
  authority: TokenAuthority,
  { token, now }: { token: string; now: Date },
): Promise<{ caller: Caller; expiresAt: number; keys: SigningKeys }> {
  const payload = await verify(keys, authority, { token, now });
  const caller = toCaller(payload);
  if (payload.iss !== issuerOf(authority.publicUrl, caller.partnerId))
    throw unauthorized('tokenIssuerUnknown');
  return { caller, expiresAt: payload.exp ?? 0, keys };
}

async function verify(
  keys: SigningKeys,
  authority: TokenAuthority,
  { token, now }: { token: string; now: Date },
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys.keySet, {
      algorithms: ['RS256'],
      typ: 'JWT',
      audience: authority.audiences.flatMap((audience) => [audience, `${audience}/`]),
      requiredClaims: ['exp', 'iss', 'tid'],
      currentDate: now,
    });
    return payload;
  } catch (error) {
    throw refusedByJose(error);
  }
}

function toCaller(payload: JWTPayload): Caller {
  const partnerId = parseGuid(textClaim(payload.tid));
  const clientId = textClaim(payload.appid);
  if (partnerId === undefined || clientId === undefined) throw unauthorized('tokenWithoutTenant');
  const userId = payload.idtyp === 'user' ? textClaim(payload.oid) : undefined;
  return {
    partnerId,
    clientId,
    ...(userId !== undefined && { userId }),
    name: textClaim(payload.upn) ?? textClaim(payload.app_displayname) ?? clientId,
    roles: filterRoles(payload.roles),
    ...evidenceOf(payload),
  };
}

function digestOf(token: string): string {
  return hash('sha256', token, 'base64');
}

/** What a token says of its issuer, not yet believed. */
function issuerNamedBy(token: string): string | undefined {
  try {
    const { iss } = decodeJwt(token);
    return typeof iss === 'string' ? iss : undefined;
  } catch {
    return undefined;
  }
}

/** When a token ends, in seconds since 1970. Only for a token that was verified. */
export function expiryOf(verifiedToken: string): number {
  const { exp } = decodeJwt(verifiedToken);
  if (exp === undefined) throw unauthorized('tokenWithoutEnd');
  return exp;
}
