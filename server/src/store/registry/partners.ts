import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** A tenant that acts for its customers. */
export interface Partner {
  readonly partnerId: string;
  readonly name: string;
  /** What clients may write instead of the id in token URLs. Lower case. */
  readonly domainName: string;
}

interface PartnerRow {
  readonly partner_id: string;
  readonly name: string;
  readonly domain_name: string;
}

function toPartner(row: PartnerRow): Partner {
  return { partnerId: row.partner_id, name: row.name, domainName: row.domain_name };
}

/** Whether any partner is known: false only in a database that was never used. */
export async function hasPartner(db: Db): Promise<boolean> {
  const rows = await db.query<{ found: boolean }>(sql`select exists (select from partners) as found`);
  return rows[0]?.found === true;
}

/** Makes nodes that start together on a new database bootstrap it one after the other. Held until the transaction ends. */
export async function lockBootstrap(tx: Db): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(5272026003)`);
}

/** Adds a partner. When its id or its domain is taken nothing changes and the result is false. */
export async function insertPartner(db: Db, partner: Partner): Promise<boolean> {
  const rows = await db.query(sql`
    insert into partners (partner_id, name, domain_name)
    values (${partner.partnerId}, ${partner.name}, ${partner.domainName.toLowerCase()})
    on conflict do nothing
    returning partner_id`);
  return rows.length === 1;
}

/** Undefined when there is none. */
export async function findPartner(db: Db, partnerId: string): Promise<Partner | undefined> {
  const rows = await db.query<PartnerRow>(sql`
    select partner_id, name, domain_name from partners where partner_id = ${partnerId}`);
  return rows[0] && toPartner(rows[0]);
}

/** The partner with this domain name; undefined when there is none. */
export async function findPartnerByDomain(db: Db, domainName: string): Promise<string | undefined> {
  const rows = await db.query<{ partner_id: string }>(sql`
    select partner_id from partners where domain_name = ${domainName.toLowerCase()}`);
  return rows[0]?.partner_id;
}

/** At most `size` partners whose id is after `after`, by id. */
export async function listPartners(db: Db, page: { after: string; size: number }): Promise<Partner[]> {
  const rows = await db.query<PartnerRow>(sql`
    select partner_id, name, domain_name from partners
    where partner_id > ${page.after} order by partner_id limit ${page.size}`);
  return rows.map(toPartner);
}

/** Changes what is given. Undefined when there is no such partner; `taken` when another one has the domain. */
export async function updatePartner(
  db: Db,
  partnerId: string,
  changes: { name?: string; domainName?: string },
): Promise<Partner | 'taken' | undefined> {
  const domainName = changes.domainName?.toLowerCase() ?? null;
  const rows = await db.query<PartnerRow & { is_taken: boolean }>(sql`
    with taken as (
      select exists (select from partners where domain_name = ${domainName} and partner_id <> ${partnerId}) as is_taken
    ), changed as (
      update partners set name = coalesce(${changes.name ?? null}, name),
        domain_name = coalesce(${domainName}, domain_name)
      where partner_id = ${partnerId} and not (select is_taken from taken)
      returning partner_id, name, domain_name
    )
    select partner_id, name, domain_name, is_taken from taken left join changed on true`);
  const row = rows[0];
  if (row?.is_taken) return 'taken';
  return row?.partner_id ? toPartner(row) : undefined;
}

/** Deletes a partner with its applications and users, unless it has customers. */
export async function deletePartner(
  db: Db,
  partnerId: string,
): Promise<'deleted' | 'has-customers' | 'unknown'> {
  const rows = await db.query<{ deleted: boolean; has_customers: boolean }>(sql`
    with customers_left as (
      select exists (select from customers where partner_id = ${partnerId}) as has_customers
    ), deleted as (
      delete from partners where partner_id = ${partnerId} and not (select has_customers from customers_left)
      returning 1
    )
    select exists (select from deleted) as deleted, has_customers from customers_left`);
  if (rows[0]?.deleted) return 'deleted';
  return rows[0]?.has_customers ? 'has-customers' : 'unknown';
}
