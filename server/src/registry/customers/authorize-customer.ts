import { nameClaimedCustomer } from '@muster/contract/claimed-customer';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import { insertCustomerOfPartner } from '../../store/registry/customer-relationships.ts';
import { findCustomerPartner } from '../../store/registry/customers.ts';

/**
 * Checks that a customer is one of the caller's partner: at once, with undefined, when memory says so. With
 * `claimCustomers`, a customer id that nobody has becomes the caller's; then the promise is true. A dry run may be for such a
 * customer, and claims nothing. Throws `customer-forbidden` otherwise.
 */
export function authorizeCustomer(
  ctx: Context,
  caller: Caller,
  customer: { readonly id: string; readonly isDryRun: boolean },
): Promise<boolean> | undefined {
  if (ctx.owners.partnerOf(customer.id) === caller.partnerId) return undefined;
  return readPartner(ctx, caller, customer);
}

async function readPartner(
  ctx: Context,
  caller: Caller,
  { id: customerId, isDryRun }: { readonly id: string; readonly isDryRun: boolean },
): Promise<boolean> {
  const { generation } = ctx.owners;
  const partnerId = await findCustomerPartner(ctx.db, customerId);
  if (partnerId) ctx.owners.remember(customerId, partnerId, generation);
  if (partnerId === caller.partnerId) return false;
  if (partnerId === undefined && ctx.claimCustomers) {
    if (isDryRun) return false;
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

/** Checks that a customer is one of the partner's. Nobody becomes the owner of a customer by asking. Throws `customer-forbidden`. */
export async function requireCustomer(ctx: Context, partnerId: string, customerId: string): Promise<void> {
  const owner = ctx.owners.partnerOf(customerId) ?? (await findCustomerPartner(ctx.db, customerId));
  if (owner !== partnerId) throw new RegistryError({ kind: 'customer-forbidden', customerId });
}
