import type { Context } from '../../../registry/context.ts';
import { deleteApplication as eraseApplication } from '../../../store/access/applications.ts';
import { resourceNotFound } from './resource-faults.ts';

/** Deletes an application, its secrets and its sign-ins. Throws ResourceNotFound. */
export async function deleteApplication(ctx: Context, clientId: string): Promise<void> {
  if (!(await eraseApplication(ctx.db, clientId))) throw resourceNotFound('application', clientId);
}
