import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** What a user granted an application, to be redeemed once, soon. The code itself is not kept, only its digest. */
export interface AuthorizationCode {
  readonly codeDigest: Buffer;
  /** The family of refresh tokens that redeeming it begins. */
  readonly familyId: string;
  readonly clientId: string;
  readonly userId: string;
  /** Whether they proved a second factor. */
  readonly hasMfa: boolean;
  readonly redirectUri: string;
  /** The S256 challenge of PKCE; absent only for applications with a secret. */
  readonly codeChallenge: string | undefined;
  readonly audience: string;
  readonly scope: string;
  readonly nonce: string | undefined;
  readonly expiresAt: Date;
}

/** How long after its end a code is remembered, so that a late replay is known for one. */
const rememberedMs = 24 * 60 * 60_000;

/** Adds a code, and erases those that ended long ago. */
export async function insertAuthorizationCode(db: Db, code: AuthorizationCode, now: Date): Promise<void> {
  const erasedBefore = new Date(now.getTime() - rememberedMs);
  await db.query(sql`
    with ended as (delete from authorization_codes where expires_at <= ${erasedBefore}::timestamptz)
    insert into authorization_codes (code_digest, family_id, client_id, user_id, redirect_uri, code_challenge, audience,
      scope, nonce, has_mfa, expires_at)
    values (${code.codeDigest}, ${code.familyId}, ${code.clientId}, ${code.userId}, ${code.redirectUri},
      ${code.codeChallenge ?? null}, ${code.audience}, ${code.scope}, ${code.nonce ?? null}, ${code.hasMfa},
      ${code.expiresAt})`);
}

/**
 * A code, locked until the transaction ends. Undefined: there is none, or it has expired. A redeemed one is found after
 * its end, too.
 */
export async function lockAuthorizationCode(
  tx: Db,
  codeDigest: Buffer,
  now: Date,
): Promise<(AuthorizationCode & { readonly redeemedAt: Date | undefined }) | undefined> {
  const rows = await tx.query<{
    family_id: string;
    client_id: string;
    user_id: string;
    redirect_uri: string;
    code_challenge: string | null;
    audience: string;
    scope: string;
    nonce: string | null;
    has_mfa: boolean;
    expires_at: Date;
    redeemed_at: Date | null;
  }>(sql`
    select family_id, client_id, user_id, redirect_uri, code_challenge, audience, scope, nonce, has_mfa,
      expires_at, redeemed_at
    from authorization_codes
    where code_digest = ${codeDigest} and (expires_at > ${now} or redeemed_at is not null)
    for update`);
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
    hasMfa: row.has_mfa,
    expiresAt: row.expires_at,
    redeemedAt: row.redeemed_at ?? undefined,
  };
}

/** Marks a locked code as redeemed. */
export async function markCodeRedeemed(tx: Db, codeDigest: Buffer, now: Date): Promise<void> {
  await tx.query(sql`update authorization_codes set redeemed_at = ${now} where code_digest = ${codeDigest}`);
}
