import type { Partner, PartnerChanges } from '@muster/contract/admin/partner';
import type { Context } from '../../../registry/context.ts';
import { updatePartner as changePartner } from '../../../store/registry/partners.ts';
import { resourceExists, resourceNotFound } from './resource-faults.ts';

/** Changes a partner. Throws ResourceNotFound, or ResourceExists when another one has the domain. */
export async function updatePartner(
  ctx: Context,
  partnerId: string,
  changes: PartnerChanges,
): Promise<Partner> {
  const changed = await changePartner(ctx.db, partnerId, changes);
  if (changed === 'taken') throw resourceExists('partner', 'domainName');
  if (!changed) throw resourceNotFound('partner', partnerId);
  return changed;
}
