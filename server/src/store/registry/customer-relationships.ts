import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** A customer as the administration sees it: also one whose partner is gone. */
export interface CustomerRelationship {
  readonly customerId: string;
  /** Undefined when the relationship has ended. */
  readonly partnerId: string | undefined;
  readonly companyName: string;
  readonly domainName: string;
}

interface CustomerRow {
  readonly customer_id: string;
  readonly partner_id: string | null;
  readonly company_name: string;
  readonly domain_name: string;
}

function toRelationship(row: CustomerRow): CustomerRelationship {
  return {
    customerId: row.customer_id,
    partnerId: row.partner_id ?? undefined,
    companyName: row.company_name,
    domainName: row.domain_name,
  };
}

/** Gives a new customer to a partner. When the id is taken, or the partner is unknown, nothing changes. */
export async function insertCustomerOfPartner(
  db: Db,
  customer: { customerId: string; partnerId: string; companyName: string; domainName: string },
): Promise<'added' | 'taken' | 'no-partner'> {
  const rows = await db.query<{ added: boolean; has_partner: boolean }>(sql`
    with partner as (
      select partner_id from partners where partner_id = ${customer.partnerId}
    ), added as (
      insert into customers (customer_id, partner_id, company_name, domain_name)
      select ${customer.customerId}::uuid, partner_id, ${customer.companyName}, ${customer.domainName} from partner
      on conflict (customer_id) do nothing
      returning 1
    )
    select exists (select from added) as added, exists (select from partner) as has_partner`);
  if (rows[0]?.added) return 'added';
  return rows[0]?.has_partner ? 'taken' : 'no-partner';
}

/** Undefined when there is none. */
export async function findCustomerRelationship(
  db: Db,
  customerId: string,
): Promise<CustomerRelationship | undefined> {
  const rows = await db.query<CustomerRow>(sql`
    select customer_id, partner_id, company_name, domain_name from customers where customer_id = ${customerId}`);
  return rows[0] && toRelationship(rows[0]);
}

/** At most `size` customers whose id is after `after`, by id: of one partner, or of all. */
export async function listCustomerRelationships(
  db: Db,
  partnerId: string | undefined,
  page: { after: string; size: number },
): Promise<CustomerRelationship[]> {
  const rows = await db.query<CustomerRow>(sql`
    select customer_id, partner_id, company_name, domain_name from customers
    where (${partnerId ?? null}::uuid is null or partner_id = ${partnerId ?? null}::uuid)
      and customer_id > ${page.after}
    order by customer_id limit ${page.size}`);
  return rows.map(toRelationship);
}

/** Renames a customer or moves it to another partner. */
export async function updateCustomer(
  db: Db,
  customerId: string,
  changes: { companyName?: string; domainName?: string; partnerId?: string },
): Promise<CustomerRelationship | 'no-partner' | undefined> {
  const partnerId = changes.partnerId ?? null;
  const rows = await db.query<CustomerRow & { has_partner: boolean }>(sql`
    with partner as (
      select ${partnerId}::uuid is null or exists (select from partners where partner_id = ${partnerId}::uuid) as has_partner
    ), changed as (
      update customers set company_name = coalesce(${changes.companyName ?? null}, company_name),
        domain_name = coalesce(${changes.domainName ?? null}, domain_name),
        partner_id = coalesce(${partnerId}::uuid, partner_id)
      where customer_id = ${customerId} and (select has_partner from partner)
      returning customer_id, partner_id, company_name, domain_name
    )
    select customer_id, partner_id, company_name, domain_name, has_partner from partner left join changed on true`);
  const row = rows[0];
  if (row?.has_partner === false) return 'no-partner';
  return row?.customer_id ? toRelationship(row) : undefined;
}

/** Ends the relationship of a customer with its partner; its devices stay registered. False when there is no such customer. */
export async function endCustomerRelationship(db: Db, customerId: string): Promise<boolean> {
  const rows = await db.query(sql`
    update customers set partner_id = null where customer_id = ${customerId} returning customer_id`);
  return rows.length === 1;
}
