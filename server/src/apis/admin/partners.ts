import type { NewPartner, PartnerChanges } from '@muster/contract/admin/partner';
import { createPartner } from './operations/create-partner.ts';
import { deletePartner } from './operations/delete-partner.ts';
import { getPartner } from './operations/get-partner.ts';
import { listPartners } from './operations/list-partners.ts';
import { updatePartner } from './operations/update-partner.ts';
import { pageOf, type AdminCall } from './admin-call.ts';

/** /admin/v1/partners */
export const partnerHandlers = {
  listPartners: (call: AdminCall) => listPartners(call.ctx, pageOf(call)),
  createPartner: ({ ctx, body }: AdminCall<NewPartner>) => createPartner(ctx, body),
  getPartner: ({ ctx, param }: AdminCall) => getPartner(ctx, param('partnerId')),
  updatePartner: ({ ctx, param, body }: AdminCall<PartnerChanges>) =>
    updatePartner(ctx, param('partnerId'), body),
  deletePartner: ({ ctx, param }: AdminCall) => deletePartner(ctx, param('partnerId')),
};
