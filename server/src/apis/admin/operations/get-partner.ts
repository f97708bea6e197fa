import type { Partner } from '@muster/contract/admin/partner';
import type { Context } from '../../../registry/context.ts';
import { findPartner } from '../../../store/registry/partners.ts';
import { resourceNotFound } from './resource-faults.ts';

/** A partner. Throws ResourceNotFound. */
export async function getPartner(ctx: Context, partnerId: string): Promise<Partner> {
  const partner = await findPartner(ctx.db, partnerId);
  if (!partner) throw resourceNotFound('partner', partnerId);
  return partner;
}
