import { WireError } from '@muster/contract';
import type { Context } from '../../../registry/context.ts';
import { deleteAdministrator as eraseAdministrator } from '../../../store/access/administrators.ts';
import type { AdminCaller } from './authenticate-administrator.ts';
import { resourceNotFound } from './resource-faults.ts';

/** Deletes an administrator. Throws ResourceNotFound, or OwnAdministrator: the last one could lock everybody out. */
export async function deleteAdministrator(
  ctx: Context,
  caller: AdminCaller,
  administratorId: string,
): Promise<void> {
  if (administratorId === caller.administratorId) throw new WireError('OwnAdministrator');
  if (!(await eraseAdministrator(ctx.db, administratorId)))
    throw resourceNotFound('administrator', administratorId);
}
