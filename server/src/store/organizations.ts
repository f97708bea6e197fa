import sql from 'sql-template-tag';
import type { Db } from './database.ts';

/** What a partner is called; undefined when there is none of this id. */
export async function findOrganization(
  db: Db,
  partnerId: string,
): Promise<{ name: string; domainName: string } | undefined> {
  const rows = await db.query<{ name: string; domain_name: string }>(sql`
    select name, domain_name from partners where partner_id = ${partnerId}`);
  const row = rows[0];
  return row && { name: row.name, domainName: row.domain_name };
}
