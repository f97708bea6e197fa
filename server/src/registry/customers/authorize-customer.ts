import { nameClaimedCustomer } from '@muster/contract/claimed-customer';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import { insertCustomerOfPartner } from '../../store/registry/customer-relationships.ts';
import { findCustomerPartner } from '../../store/registry/customers.ts';

/**
 * Checks that a customer is one of the caller's partner: at once, with undefined, when memory says so. With
 * `claimCustomers`, a customer id that nobody has becomes the caller's; then the promise is true. Throws
 * `customer-forbidden` otherwise.
 */
export function authorizeCustomer(
  ctx: Context,
  caller: Caller,
  customerId: string,
): Promise<boolean> | undefined {
  if (ctx.owners.partnerOf(customerId) === caller.partnerId) return undefined;
  return readPartner(ctx, caller, customerId);
}

async function readPartner(ctx: Context, caller: Caller, customerId: string): Promise<boolean> {
  const { generation } = ctx.owners;
  const partnerId = await findCustomerPartner(ctx.db, customerId);
  if (partnerId) ctx.owners.remember(customerId, partnerId, generation);
  if (partnerId === caller.partnerId) return false;
  if (partnerId === undefined && ctx.claimCustomers) {
    const result = await claim(ctx, caller, customerId);
    if (result === 'added') return true;
    if ((await findCustomerPartner(ctx.db, customerId)) === caller.partnerId) return false;
  }
  throw new RegistryError({ kind: 'customer-forbidden', customerId });
}

function claim(ctx: Context, caller: Caller, customerId: string): ReturnType<typeof insertCustomerOfPartner> {
  return insertCustomerOfPartner(ctx.db, {
    customerId,
    partnerId: caller.partnerId,
    companyName: nameClaimedCustomer(customerId),
    domainName: `${customerId.slice(0, 8)}.onmicrosoft.com`,
  });
}
