import { randomUUID } from 'node:crypto';
import type { NewPartner, Partner } from '@muster/contract/admin/partner';
import type { Context } from '../../../registry/context.ts';
import { insertPartner } from '../../../store/registry/partners.ts';
import { resourceExists } from './resource-faults.ts';

/** Adds a partner. Throws ResourceExists when its id or its domain is taken. */
export async function createPartner(ctx: Context, input: NewPartner): Promise<Partner> {
  const partner = {
    partnerId: input.partnerId?.toLowerCase() ?? randomUUID(),
    name: input.name,
    domainName: input.domainName.toLowerCase(),
  };
  if (await insertPartner(ctx.db, partner)) return partner;
  throw resourceExists('partner', 'partnerId or domainName');
}
