import type { AdminCustomer } from '@muster/contract/admin/customer';
import type { Context } from '../../../registry/context.ts';
import { findCustomerRelationship } from '../../../store/registry/customer-relationships.ts';
import { describeCustomer } from './describe-customer.ts';
import { resourceNotFound } from './resource-faults.ts';

/** A customer, whoever has it. Throws ResourceNotFound. */
export async function getCustomer(ctx: Context, customerId: string): Promise<AdminCustomer> {
  const customer = await findCustomerRelationship(ctx.db, customerId);
  if (!customer) throw resourceNotFound('customer', customerId);
  return describeCustomer(customer);
}
