import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** Adds a link that signs a user in once, and erases those that have expired. */
export async function insertSignInLink(
  db: Db,
  link: { linkDigest: Buffer; userId: string; expiresAt: Date },
  now: Date,
): Promise<void> {
  await db.query(sql`
    with expired as (delete from sign_in_links where expires_at <= ${now}::timestamptz)
    insert into sign_in_links (link_digest, user_id, expires_at)
    values (${link.linkDigest}, ${link.userId}, ${link.expiresAt})`);
}

/** Uses a link up, and gives whom it signs in; undefined when it was used, has expired or never was. */
export async function takeSignInLink(db: Db, linkDigest: Buffer, now: Date): Promise<string | undefined> {
  const rows = await db.query<{ user_id: string; is_valid: boolean }>(sql`
    delete from sign_in_links where link_digest = ${linkDigest}
    returning user_id, expires_at > ${now}::timestamptz as is_valid`);
  return rows[0]?.is_valid ? rows[0].user_id : undefined;
}
