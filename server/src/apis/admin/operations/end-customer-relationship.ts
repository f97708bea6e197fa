import type { Context } from '../../../registry/context.ts';
import { endCustomerRelationship as endRelationship } from '../../../store/registry/customer-relationships.ts';
import { resourceNotFound } from './resource-faults.ts';

/**
 * Ends the relationship of a customer with its partner: the partner sees it no more, and nobody can claim it. Its devices
 * stay registered; `updateCustomer` can give it to a partner again. Throws ResourceNotFound.
 */
export async function endCustomerRelationship(ctx: Context, customerId: string): Promise<void> {
  const isEnded = await endRelationship(ctx.db, customerId);
  // Other nodes hear of it in a moment; here it counts before the answer.
  ctx.owners.forget();
  if (!isEnded) throw resourceNotFound('customer', customerId);
}
