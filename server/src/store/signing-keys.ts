import sql from 'sql-template-tag';
import type { JWK } from 'jose';
import type { Db } from './database.ts';

/** The keys that sign tokens, newest first, private parts included. */
export async function listSigningKeys(db: Db): Promise<{ keyId: string; privateKey: JWK }[]> {
  const rows = await db.query<{ key_id: string; private_key: JWK }>(sql`
    select key_id, private_key from signing_keys order by created_at desc, key_id`);
  return rows.map((row) => ({ keyId: row.key_id, privateKey: row.private_key }));
}

/** Adds the first key. When another node was faster nothing changes: read the list again. */
export async function insertFirstSigningKey(db: Db, keyId: string, privateKey: JWK): Promise<void> {
  await db.query(sql`
    with locked as (select pg_advisory_xact_lock(5272026002))
    insert into signing_keys (key_id, private_key)
    select ${keyId}, ${JSON.stringify(privateKey)}::jsonb from locked
    where not exists (select from signing_keys)`);
}
