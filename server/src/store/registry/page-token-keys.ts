import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** The key that signs continuation tokens: the same on every node. */
export async function getPageTokenKey(db: Db): Promise<Buffer> {
  const rows = await db.query<{ page_token_key: Buffer }>(sql`select page_token_key from page_token_keys`);
  const key = rows[0]?.page_token_key;
  if (!key) throw new Error('The database has no key for continuation tokens.');
  return key;
}
