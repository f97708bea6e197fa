import { WireError } from '@muster/contract';
import type { Context } from '../../../registry/context.ts';
import { deletePartner as erasePartner } from '../../../store/registry/partners.ts';
import { resourceNotFound } from './resource-faults.ts';

/** Deletes a partner with its applications and users. Throws ResourceNotFound or PartnerHasCustomers. */
export async function deletePartner(ctx: Context, partnerId: string): Promise<void> {
  const result = await erasePartner(ctx.db, partnerId);
  if (result === 'has-customers') throw new WireError('PartnerHasCustomers');
  if (result === 'unknown') throw resourceNotFound('partner', partnerId);
}
