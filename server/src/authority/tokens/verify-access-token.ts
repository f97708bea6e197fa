import { phrase, WireError } from '@muster/contract';
import { decodeJwt } from 'jose';
import { LRUCache } from 'lru-cache';
import { hash } from 'node:crypto';
import type { Caller } from '../../registry/caller.ts';
import type { ExternalTokenReader } from './external-issuer.ts';
import { readOwnToken } from './own-token.ts';
import type { SigningKeys } from './signing-key-ring.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { unauthorized } from '../unauthorized.ts';

/** Tokens that are remembered after their signature was verified. */
const rememberedTokensMax = 10_000;

/** Tokens of other issuers are looked at again after this long, so that a key they withdraw stops working here. */
const externalSecondsMax = 300;

/** Tells who a token speaks for. Throws Unauthorized with a reason that repeats nothing of the token. */
export interface VerifyAccessToken {
  (token: string): Promise<Caller>;
  /** A token that was verified before; undefined for any other. Ask `holds` each time it is used. */
  remembered(token: string): VerifiedToken | undefined;
  /** Whether a verified token is still good: it has not expired, and our keys are those it was verified with. */
  holds(verified: VerifiedToken): boolean;
}

/** The audiences of Partner Center's clients (`wire.md` 7). */
export const partnerCenterAudiences = [
  'https://graph.windows.net',
  'https://api.partnercenter.microsoft.com',
] as const;

/** A token whose signature was found good. */
export interface VerifiedToken {
  readonly caller: Caller;
  readonly expiresAt: number;
  /** The keys of our own that it was verified with; undefined for another issuer's token. */
  readonly keys: SigningKeys | undefined;
}

/**
 * A verifier of access tokens: signature, issuer, audience, expiry, tenant. A token found good is remembered by its
 * digest until it expires, or until the keys change: what was verified cannot become false before then.
 */
export function createTokenVerifier(
  authority: TokenAuthority,
  options: { now: () => Date; external: ExternalTokenReader },
): VerifyAccessToken {
  const remembered = new LRUCache<string, VerifiedToken>({ max: rememberedTokensMax });

  return Object.assign(
    async (token: string): Promise<Caller> => {
      const digest = digestOf(token);
      const known = remembered.get(digest);
      if (known && holds(known)) return known.caller;
      const verified = await verify(token, options.now());
      remembered.set(digest, verified);
      return verified.caller;
    },
    { remembered: (token: string) => remembered.get(digestOf(token)), holds },
  );

  function holds({ expiresAt, keys }: VerifiedToken): boolean {
    if (expiresAt <= options.now().getTime() / 1000) return false;
    return !keys || keys === authority.keys.remembered();
  }

  async function verify(token: string, now: Date): Promise<VerifiedToken> {
    const issuer = issuerNamedBy(token);
    if (issuer === undefined) throw unauthorized(phrase('it cannot be read', '無法讀取'));
    if (issuer.startsWith(`${authority.publicUrl}/`)) return readOwnToken(authority, token, now);
    const found = await options.external(issuer, token, now);
    if (found === undefined) throw unauthorized(phrase('it is from another issuer', '由其他簽發者簽發'));
    const lookAgainAt = now.getTime() / 1000 + externalSecondsMax;
    return { caller: found.caller, expiresAt: Math.min(found.expiresAt, lookAgainAt), keys: undefined };
  }
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
  if (exp === undefined)
    throw new WireError('Unauthorized', { problem: phrase('it has no end', '沒有到期時間') });
  return exp;
}
