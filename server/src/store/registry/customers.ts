import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** An organization whose devices a partner registers. */
export interface Customer {
  readonly customerId: string;
  readonly companyName: string;
  readonly domainName: string;
}

/** The partner a customer belongs to: null when their relationship has ended, undefined when nobody knows the customer. */
export async function findCustomerPartner(db: Db, customerId: string): Promise<string | null | undefined> {
  const rows = await db.query<{ partner_id: string | null }>(sql`
    select partner_id from customers where customer_id = ${customerId}`);
  return rows[0]?.partner_id;
}

/** Gives a customer to a partner. When somebody has it already nothing changes and the result is false. */
export async function insertCustomer(
  db: Db,
  customer: Customer & { readonly partnerId: string },
): Promise<boolean> {
  const rows = await db.query(sql`
    insert into customers (customer_id, partner_id, company_name, domain_name)
    values (${customer.customerId}, ${customer.partnerId}, ${customer.companyName}, ${customer.domainName})
    on conflict (customer_id) do nothing
    returning customer_id`);
  return rows.length === 1;
}

/** The customer; undefined when nobody has this id. */
export async function findCustomer(db: Db, customerId: string): Promise<Customer | undefined> {
  const rows = await db.query<CustomerRow>(sql`
    select customer_id, company_name, domain_name from customers where customer_id = ${customerId}`);
  return rows[0] && toCustomer(rows[0]);
}

/** Which customers: of one partner, and those whose names begin so, without regard to case. */
export interface CustomerFilter {
  readonly partnerId: string;
  readonly companyNamePrefix: string;
  readonly domainNamePrefix: string;
}

/** A place in the list of customers, which goes by company name. */
export interface CustomerPosition {
  readonly companyName: string;
  readonly customerId: string;
}

export async function countCustomers(db: Db, filter: CustomerFilter): Promise<number> {
  const rows = await db.query<{ count: number }>(sql`
    select count(*)::int from customers
    where partner_id = ${filter.partnerId}
      and starts_with(lower(company_name), lower(${filter.companyNamePrefix}::text))
      and starts_with(lower(domain_name), lower(${filter.domainNamePrefix}::text))`);
  return rows[0]?.count ?? 0;
}

/** At most `limit` customers after a place, or from the beginning, in the order of the list. */
export async function listCustomersAfter(
  db: Db,
  filter: CustomerFilter,
  page: { after: CustomerPosition | undefined; limit: number },
): Promise<Customer[]> {
  const rows = await db.query<CustomerRow>(sql`
    select customer_id, company_name, domain_name from customers
    where partner_id = ${filter.partnerId}
      and starts_with(lower(company_name), lower(${filter.companyNamePrefix}::text))
      and starts_with(lower(domain_name), lower(${filter.domainNamePrefix}::text))
      and coalesce((company_name, customer_id) > (${page.after?.companyName ?? null}::text, ${page.after?.customerId ?? null}::uuid), true)
    order by company_name, customer_id
    limit ${page.limit}`);
  return rows.map(toCustomer);
}

/** At most `limit` customers before a place, or from the end, in the order of the list. */
export async function listCustomersBefore(
  db: Db,
  filter: CustomerFilter,
  page: { before: CustomerPosition | undefined; limit: number },
): Promise<Customer[]> {
  const rows = await db.query<CustomerRow>(sql`
    select customer_id, company_name, domain_name from customers
    where partner_id = ${filter.partnerId}
      and starts_with(lower(company_name), lower(${filter.companyNamePrefix}::text))
      and starts_with(lower(domain_name), lower(${filter.domainNamePrefix}::text))
      and coalesce((company_name, customer_id) < (${page.before?.companyName ?? null}::text, ${page.before?.customerId ?? null}::uuid), true)
    order by company_name desc, customer_id desc
    limit ${page.limit}`);
  return rows.map(toCustomer).toReversed();
}

interface CustomerRow {
  readonly customer_id: string;
  readonly company_name: string;
  readonly domain_name: string;
}

function toCustomer(row: CustomerRow): Customer {
  return { customerId: row.customer_id, companyName: row.company_name, domainName: row.domain_name };
}
