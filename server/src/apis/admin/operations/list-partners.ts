import type { Partner } from '@muster/contract/admin/partner';
import type { Context } from '../../../registry/context.ts';
import { listPartners as readPartners } from '../../../store/registry/partners.ts';
import { toPage, type AdminPage } from './admin-page.ts';

/** Partners by id. */
export async function listPartners(
  ctx: Context,
  page: AdminPage,
): Promise<{ items: readonly Partner[]; next?: string }> {
  return toPage(
    page,
    (part) => readPartners(ctx.db, part),
    ({ partnerId }) => partnerId,
  );
}
