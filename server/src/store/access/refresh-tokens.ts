import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** A refresh token that was given out. The token itself is not kept, only its digest. */
export interface RefreshToken {
  readonly tokenDigest: Buffer;
  /** All tokens that came of one sign-in have the same. */
  readonly familyId: string;
  readonly clientId: string;
  readonly userId: string;
  /** What the last access token was for: the default of the next one. */
  readonly audience: string;
  /** Whether the user proved a second factor when they signed in. */
  readonly hasMfa: boolean;
  readonly expiresAt: Date;
}

/** Adds a token, and erases those that have expired. */
export async function insertRefreshToken(db: Db, token: RefreshToken, now: Date): Promise<void> {
  await db.query(sql`
    with expired as (delete from refresh_tokens where expires_at <= ${now}::timestamptz)
    insert into refresh_tokens (token_digest, family_id, client_id, user_id, audience, has_mfa, created_at,
      expires_at)
    values (${token.tokenDigest}, ${token.familyId}, ${token.clientId}, ${token.userId}, ${token.audience},
      ${token.hasMfa}, ${now}::timestamptz, ${token.expiresAt})`);
}

/** The token with this digest, and when it was replaced, locked until the transaction ends. Undefined: none, or expired. */
export async function lockRefreshToken(
  tx: Db,
  tokenDigest: Buffer,
  now: Date,
): Promise<(RefreshToken & { readonly replacedAt: Date | undefined }) | undefined> {
  const rows = await tx.query<{
    family_id: string;
    client_id: string;
    user_id: string;
    audience: string;
    has_mfa: boolean;
    expires_at: Date;
    replaced_at: Date | null;
  }>(sql`
    select family_id, client_id, user_id, audience, has_mfa, expires_at, replaced_at
    from refresh_tokens where token_digest = ${tokenDigest} and expires_at > ${now}
    for update`);
  const row = rows[0];
  if (!row) return undefined;
  return {
    tokenDigest,
    familyId: row.family_id,
    clientId: row.client_id,
    userId: row.user_id,
    audience: row.audience,
    hasMfa: row.has_mfa,
    expiresAt: row.expires_at,
    replacedAt: row.replaced_at ?? undefined,
  };
}

/** Marks a token as replaced by a newer one. The first time counts. */
export async function replaceRefreshToken(tx: Db, tokenDigest: Buffer, now: Date): Promise<void> {
  await tx.query(sql`
    update refresh_tokens set replaced_at = ${now} where token_digest = ${tokenDigest} and replaced_at is null`);
}

/** Lets a token live longer. */
export async function extendRefreshToken(tx: Db, tokenDigest: Buffer, expiresAt: Date): Promise<void> {
  await tx.query(sql`
    update refresh_tokens set expires_at = ${expiresAt} where token_digest = ${tokenDigest}`);
}

/** Revokes everything that came of one sign-in. */
export async function deleteRefreshTokenFamily(db: Db, familyId: string): Promise<void> {
  await db.query(sql`delete from refresh_tokens where family_id = ${familyId}`);
}

/** Revokes everything a user signed in. */
export async function deleteRefreshTokensOfUser(db: Db, userId: string): Promise<void> {
  await db.query(sql`delete from refresh_tokens where user_id = ${userId}`);
}
