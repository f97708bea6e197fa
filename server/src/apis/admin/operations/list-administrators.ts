import type { Administrator } from '@muster/contract/admin/administrator';
import type { Context } from '../../../registry/context.ts';
import { listAdministrators as readAdministrators } from '../../../store/access/administrators.ts';
import { toPage, type AdminPage } from './admin-page.ts';

/** Administrators by id. Whoever has the secret of the setting is not among them. */
export async function listAdministrators(
  ctx: Context,
  page: AdminPage,
): Promise<{ items: readonly Administrator[]; next?: string }> {
  const { items, ...rest } = await toPage(
    page,
    (part) => readAdministrators(ctx.db, part),
    ({ administratorId }) => administratorId,
  );
  return { items: items.map((one) => ({ ...one, createdAt: one.createdAt.toISOString() })), ...rest };
}
