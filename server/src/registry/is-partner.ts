import type { Context } from './context.ts';
import { findPartner } from '../store/registry/partners.ts';

/** Whether there is a partner with this id. */
export async function isPartner(ctx: Context, partnerId: string): Promise<boolean> {
  return (await findPartner(ctx.db, partnerId)) !== undefined;
}
