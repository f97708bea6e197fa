import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** Somebody who may use the administration API. */
export interface Administrator {
  readonly administratorId: string;
  readonly name: string;
  readonly createdAt: Date;
}

interface AdministratorRow {
  readonly administrator_id: string;
  readonly name: string;
  readonly created_at: Date;
}

function toAdministrator(row: AdministratorRow): Administrator {
  return { administratorId: row.administrator_id, name: row.name, createdAt: row.created_at };
}

/** Whether there is any. */
export async function hasAdministrator(db: Db): Promise<boolean> {
  const rows = await db.query<{ found: boolean }>(sql`select exists (select from administrators) as found`);
  return rows[0]?.found === true;
}

/** Adds an administrator by the digest of their secret. False when the name is taken. */
export async function insertAdministrator(
  db: Db,
  administrator: Administrator & { secretDigest: Buffer },
): Promise<boolean> {
  const { administratorId, name, secretDigest, createdAt } = administrator;
  const rows = await db.query(sql`
    insert into administrators (administrator_id, name, secret_digest, created_at)
    values (${administratorId}, ${name}, ${secretDigest}, ${createdAt})
    on conflict (name) do nothing
    returning administrator_id`);
  return rows.length === 1;
}

/** Who has the secret with this digest; undefined when nobody has. */
export async function findAdministratorBySecret(
  db: Db,
  secretDigest: Buffer,
): Promise<Administrator | undefined> {
  const rows = await db.query<AdministratorRow>(sql`
    select administrator_id, name, created_at from administrators where secret_digest = ${secretDigest}`);
  return rows[0] && toAdministrator(rows[0]);
}

/** At most `size` administrators whose id is after `after`, by id. */
export async function listAdministrators(
  db: Db,
  page: { after: string; size: number },
): Promise<Administrator[]> {
  const rows = await db.query<AdministratorRow>(sql`
    select administrator_id, name, created_at from administrators
    where administrator_id > ${page.after} order by administrator_id limit ${page.size}`);
  return rows.map(toAdministrator);
}

/** False when there is no such administrator. */
export async function deleteAdministrator(db: Db, administratorId: string): Promise<boolean> {
  const rows = await db.query(sql`
    delete from administrators where administrator_id = ${administratorId} returning administrator_id`);
  return rows.length === 1;
}
