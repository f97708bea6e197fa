import { decodeJwt, importJWK, SignJWT, type JWK } from 'jose';
import sql from 'sql-template-tag';
import type { TestMuster } from '../support/muster.ts';

/** What a token says, where it differs from the first application's. */
export interface TokenClaims {
  readonly roles?: readonly string[];
  readonly partnerId?: string;
  /** A signed-in user. */
  readonly user?: { readonly id: string; readonly name: string };
  readonly audience?: string;
  /** Seconds since 1970. */
  readonly expiresAt?: number;
}

/** A token of Muster's own authority that says something else than the first application's: signed with the same key. */
export async function issueTestToken(muster: TestMuster, claims: TokenClaims): Promise<string> {
  const [key] = await muster.database.query<{ key_id: string; private_key: JWK }>(sql`
    select key_id, private_key from signing_keys order by created_at desc limit 1`);
  if (!key) throw new Error('There is no signing key.');
  const { exp, ...first } = decodeJwt(await muster.token());
  const partnerId = claims.partnerId ?? muster.credentials.tenantId;
  const payload = {
    ...first,
    tid: partnerId,
    iss: String(first.iss).replace(muster.credentials.tenantId, partnerId),
    ...(claims.roles && { roles: [...claims.roles] }),
    ...(claims.user && { oid: claims.user.id, upn: claims.user.name }),
    ...(claims.audience && { aud: claims.audience }),
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: key.key_id })
    .setExpirationTime(claims.expiresAt ?? exp ?? 0)
    .sign(await importJWK(key.private_key, 'RS256'));
}

/** A partner beside the first one; gives its id. */
export async function insertTestPartner(muster: TestMuster): Promise<string> {
  const partnerId = crypto.randomUUID();
  await muster.database.query(sql`
    insert into partners (partner_id, name, domain_name)
    values (${partnerId}, 'Another partner', ${`partner-${partnerId}.example`})`);
  return partnerId;
}
