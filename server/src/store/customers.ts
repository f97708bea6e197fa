import sql from 'sql-template-tag';
import type { Db } from './database.ts';

/** An organisation whose devices a partner registers. */
export interface Customer {
  readonly customerId: string;
  readonly partnerId: string;
  readonly companyName: string;
  readonly domainName: string;
}

/** The partner a customer belongs to; undefined when nobody has it. */
export async function findCustomerPartner(db: Db, customerId: string): Promise<string | undefined> {
  const rows = await db.query<{ partner_id: string }>(sql`
    select partner_id from customers where customer_id = ${customerId}`);
  return rows[0]?.partner_id;
}

/** Gives a customer to a partner. When somebody has it already nothing changes and the result is false. */
export async function insertCustomer(db: Db, customer: Customer): Promise<boolean> {
  const rows = await db.query(sql`
    insert into customers (customer_id, partner_id, company_name, domain_name)
    values (${customer.customerId}, ${customer.partnerId}, ${customer.companyName}, ${customer.domainName})
    on conflict (customer_id) do nothing
    returning customer_id`);
  return rows.length === 1;
}
