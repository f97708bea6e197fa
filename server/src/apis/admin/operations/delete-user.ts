import type { Context } from '../../../registry/context.ts';
import { deleteUser as eraseUser } from '../../../store/access/users.ts';
import { getUser } from './get-user.ts';
import { resourceNotFound } from './resource-faults.ts';

/** Deletes a user and their sign-ins. Throws ResourceNotFound. */
export async function deleteUser(ctx: Context, idOrName: string): Promise<void> {
  const { userId } = await getUser(ctx, idOrName);
  if (!(await eraseUser(ctx.db, userId))) throw resourceNotFound('user', idOrName);
}
