import type { AdminCustomer, CustomerChanges } from '@muster/contract/admin/customer';
import type { Context } from '../../../registry/context.ts';
import { updateCustomer as changeCustomer } from '../../../store/registry/customer-relationships.ts';
import { describeCustomer } from './describe-customer.ts';
import { resourceNotFound } from './resource-faults.ts';

/** Renames a customer, or moves it to another partner with all its devices. Throws ResourceNotFound. */
export async function updateCustomer(
  ctx: Context,
  customerId: string,
  changes: CustomerChanges,
): Promise<AdminCustomer> {
  const customer = await changeCustomer(ctx.db, customerId, changes);
  // Other nodes hear of it in a moment; here it counts before the answer.
  ctx.owners.forget();
  if (customer === 'no-partner') throw resourceNotFound('partner', changes.partnerId ?? '');
  if (!customer) throw resourceNotFound('customer', customerId);
  return describeCustomer(customer);
}
