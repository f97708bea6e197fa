import type { AdminCustomer } from '@muster/contract/admin/customer';
import type { Context } from '../../../registry/context.ts';
import { listCustomerRelationships } from '../../../store/registry/customer-relationships.ts';
import { toPage, type AdminPage } from './admin-page.ts';
import { describeCustomer } from './describe-customer.ts';

/** Customers by id: of one partner, or of all. */
export async function listCustomers(
  ctx: Context,
  partnerId: string | undefined,
  page: AdminPage,
): Promise<{ items: readonly AdminCustomer[]; next?: string }> {
  const { items, ...rest } = await toPage(
    page,
    (part) => listCustomerRelationships(ctx.db, partnerId, part),
    ({ customerId }) => customerId,
  );
  return { items: items.map(describeCustomer), ...rest };
}
