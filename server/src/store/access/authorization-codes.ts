import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** What a user granted an application, to be redeemed once, soon. The code itself is not kept, only its digest. */
export interface AuthorizationCode {
  readonly codeDigest: Buffer;
  /** The family of refresh tokens that redeeming it begins. */
  readonly familyId: string;
  readonly clientId: string;
  readonly userId: string;
  readonly redirectUri: string;
  /** The S256 challenge of PKCE; absent only for applications with a secret. */
  readonly codeChallenge: string | undefined;
  readonly audience: string;
  readonly scope: string;
  readonly nonce: string | undefined;
  readonly expiresAt: Date;
}

/** Adds a code, and erases those that have expired. */
export async function insertAuthorizationCode(db: Db, code: AuthorizationCode, now: Date): Promise<void> {
  await db.query(sql`
    with expired as (delete from authorization_codes where expires_at <= ${now}::timestamptz)
    insert into authorization_codes (code_digest, family_id, client_id, user_id, redirect_uri, code_challenge, audience,
      scope, nonce, expires_at)
    values (${code.codeDigest}, ${code.familyId}, ${code.clientId}, ${code.userId}, ${code.redirectUri},
      ${code.codeChallenge ?? null}, ${code.audience}, ${code.scope}, ${code.nonce ?? null}, ${code.expiresAt})`);
}

/** Redeems a code. Of many who try at once, one gets `isFirst`. Undefined: there is none, or it has expired. */
export async function redeemAuthorizationCode(
  db: Db,
  codeDigest: Buffer,
  now: Date,
): Promise<(AuthorizationCode & { readonly isFirst: boolean }) | undefined> {
  const rows = await db.query<{
    family_id: string;
    client_id: string;
    user_id: string;
    redirect_uri: string;
    code_challenge: string | null;
    audience: string;
    scope: string;
    nonce: string | null;
    expires_at: Date;
    is_first: boolean;
  }>(sql`
    with redeemed as (
      update authorization_codes set redeemed_at = ${now}::timestamptz
      where code_digest = ${codeDigest} and redeemed_at is null and expires_at > ${now}::timestamptz
      returning 1
    )
    select family_id, client_id, user_id, redirect_uri, code_challenge, audience, scope, nonce, expires_at,
      exists (select from redeemed) as is_first
    from authorization_codes where code_digest = ${codeDigest} and expires_at > ${now}::timestamptz`);
  const row = rows[0];
  if (!row) return undefined;
  return {
    codeDigest,
    familyId: row.family_id,
    clientId: row.client_id,
    userId: row.user_id,
    redirectUri: row.redirect_uri,
    codeChallenge: row.code_challenge ?? undefined,
    audience: row.audience,
    scope: row.scope,
    nonce: row.nonce ?? undefined,
    expiresAt: row.expires_at,
    isFirst: row.is_first,
  };
}
