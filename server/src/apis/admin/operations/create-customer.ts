import { randomUUID } from 'node:crypto';
import type { AdminCustomer, NewCustomer } from '@muster/contract/admin/customer';
import type { Context } from '../../../registry/context.ts';
import { insertCustomerOfPartner } from '../../../store/registry/customer-relationships.ts';
import { resourceExists, resourceNotFound } from './resource-faults.ts';

/** Adds a customer. Throws ResourceNotFound for an unknown partner, ResourceExists when the id is taken. */
export async function createCustomer(ctx: Context, input: NewCustomer): Promise<AdminCustomer> {
  const customerId = input.customerId?.toLowerCase() ?? randomUUID();
  const customer = {
    customerId,
    partnerId: input.partnerId.toLowerCase(),
    companyName: input.companyName,
    domainName: input.domainName ?? `${customerId.slice(0, 8)}.onmicrosoft.com`,
  };
  const result = await insertCustomerOfPartner(ctx.db, customer);
  if (result === 'no-partner') throw resourceNotFound('partner', customer.partnerId);
  if (result === 'taken') throw resourceExists('customer', 'customerId');
  return customer;
}
