import type { Context } from '../../../registry/context.ts';
import { listUsers as readUsers, type User } from '../../../store/access/users.ts';
import { toPage, type AdminPage } from './admin-page.ts';
import { getPartner } from './get-partner.ts';

/** A partner's users by id. Throws ResourceNotFound for an unknown partner. */
export async function listUsers(
  ctx: Context,
  partnerId: string,
  page: AdminPage,
): Promise<{ items: readonly User[]; next?: string }> {
  await getPartner(ctx, partnerId);
  return toPage(
    page,
    (part) => readUsers(ctx.db, partnerId, part),
    ({ userId }) => userId,
  );
}
