import type { Context } from '../../../registry/context.ts';
import {
  listApplications as readApplications,
  type Application,
} from '../../../store/access/applications.ts';
import { toPage, type AdminPage } from './admin-page.ts';
import { getPartner } from './get-partner.ts';

/** A partner's applications by id. Throws ResourceNotFound for an unknown partner. */
export async function listApplications(
  ctx: Context,
  partnerId: string,
  page: AdminPage,
): Promise<{ items: readonly Application[]; next?: string }> {
  await getPartner(ctx, partnerId);
  return toPage(
    page,
    (part) => readApplications(ctx.db, partnerId, part),
    ({ clientId }) => clientId,
  );
}
