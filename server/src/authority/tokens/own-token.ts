import { phrase, parseGuid } from '@muster/contract';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { Caller } from '../../registry/caller.ts';
import { filterRoles, textClaim } from './claims.ts';
import type { SigningKeys } from './signing-key-ring.ts';
import { issuerOf, type TokenAuthority } from '../token-authority.ts';
import { problemOfToken, unauthorized } from '../unauthorized.ts';

/** Verifies a token of our own authority. Throws Unauthorized. */
export async function readOwnToken(
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
    throw unauthorized(phrase('it is from another issuer', '由其他簽發者簽發'));
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
    throw unauthorized(problemOfToken(error), error);
  }
}

function toCaller(payload: JWTPayload): Caller {
  const partnerId = parseGuid(textClaim(payload.tid));
  const clientId = textClaim(payload.appid);
  if (partnerId === undefined || clientId === undefined)
    throw unauthorized(phrase('it names no tenant or no application', '沒有指明租用戶或應用程式'));
  const userId = payload.idtyp === 'user' ? textClaim(payload.oid) : undefined;
  return {
    partnerId,
    clientId,
    ...(userId !== undefined && { userId }),
    name: textClaim(payload.upn) ?? textClaim(payload.app_displayname) ?? clientId,
    roles: filterRoles(payload.roles),
  };
}
