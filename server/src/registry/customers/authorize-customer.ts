import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import { insertCustomerOfPartner } from '../../store/registry/customer-relationships.ts';
import { findCustomerPartner } from '../../store/registry/customers.ts';

/**
 * Checks that a customer is one of the caller's partner. With `claimCustomers`, a customer id that nobody has becomes the
 * caller's. Throws `customer-forbidden` otherwise.
 */
export async function authorizeCustomer(ctx: Context, caller: Caller, customerId: string): Promise<void> {
  if (ctx.owners.partnerOf(customerId) === caller.partnerId) return;
  const { generation } = ctx.owners;
  const partnerId = await findCustomerPartner(ctx.db, customerId);
  if (partnerId) ctx.owners.remember(customerId, partnerId, generation);
  if (partnerId === caller.partnerId) return;
  if (partnerId === undefined && ctx.claimCustomers && (await claim(ctx, caller, customerId))) return;
  throw new RegistryError({ kind: 'customer-forbidden', customerId });
}

async function claim(ctx: Context, caller: Caller, customerId: string): Promise<boolean> {
  const result = await insertCustomerOfPartner(ctx.db, {
    customerId,
    partnerId: caller.partnerId,
    companyName: `Customer ${customerId.slice(0, 8)}`,
    domainName: `${customerId.slice(0, 8)}.onmicrosoft.com`,
  });
  return result === 'added' || (await findCustomerPartner(ctx.db, customerId)) === caller.partnerId;
}
