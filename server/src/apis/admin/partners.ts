import { randomUUID } from 'node:crypto';
import { WireError } from '@muster/contract';
import type { NewPartner, Partner, PartnerChanges } from '@muster/contract/admin/partner';
import type { Context } from '../../registry/context.ts';
import {
  deletePartner as erasePartner,
  findPartner,
  insertPartner,
  listPartners as readPartners,
  updatePartner as changePartner,
} from '../../store/registry/partners.ts';
import { type AdminCall, pageOf, type AdminPage, toPage } from './admin-call.ts';
import { resourceExists, resourceNotFound } from './resource-faults.ts';

/** /admin/v1/partners */
export const partnerHandlers = {
  listPartners: (call: AdminCall) => listPartners(call.ctx, pageOf(call)),
  createPartner: ({ ctx, body }: AdminCall<NewPartner>) => createPartner(ctx, body),
  getPartner: ({ ctx, param }: AdminCall) => getPartner(ctx, param('partnerId')),
  updatePartner: ({ ctx, param, body }: AdminCall<PartnerChanges>) =>
    updatePartner(ctx, param('partnerId'), body),
  deletePartner: ({ ctx, param }: AdminCall) => deletePartner(ctx, param('partnerId')),
};

/** A partner. Throws ResourceNotFound. */
export async function getPartner(ctx: Context, partnerId: string): Promise<Partner> {
  const partner = await findPartner(ctx.db, partnerId);
  if (!partner) throw resourceNotFound('partner', partnerId);
  return partner;
}

/** Partners by id. */
async function listPartners(
  ctx: Context,
  page: AdminPage,
): Promise<{ items: readonly Partner[]; next?: string }> {
  return toPage(
    page,
    (part) => readPartners(ctx.db, part),
    ({ partnerId }) => partnerId,
  );
}

/** Adds a partner. Throws ResourceExists when its id or its domain is taken. */
async function createPartner(ctx: Context, input: NewPartner): Promise<Partner> {
  const partner = {
    partnerId: input.partnerId?.toLowerCase() ?? randomUUID(),
    name: input.name,
    domainName: input.domainName.toLowerCase(),
  };
  if (await insertPartner(ctx.db, partner)) return partner;
  throw resourceExists('partner', 'partnerId or domainName');
}

/** Changes a partner. Throws ResourceNotFound, or ResourceExists when another one has the domain. */
async function updatePartner(ctx: Context, partnerId: string, changes: PartnerChanges): Promise<Partner> {
  const changed = await changePartner(ctx.db, partnerId, changes);
  if (changed === 'taken') throw resourceExists('partner', 'domainName');
  if (!changed) throw resourceNotFound('partner', partnerId);
  return changed;
}

/** Deletes a partner with its applications and users. Throws ResourceNotFound or PartnerHasCustomers. */
async function deletePartner(ctx: Context, partnerId: string): Promise<void> {
  const result = await erasePartner(ctx.db, partnerId);
  if (result === 'has-customers') throw new WireError('PartnerHasCustomers');
  if (result === 'unknown') throw resourceNotFound('partner', partnerId);
}
