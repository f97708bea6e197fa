import type { Context } from '../../../registry/context.ts';
import { findApplication, type Application } from '../../../store/access/applications.ts';
import { resourceNotFound } from './resource-faults.ts';

/** An application. Throws ResourceNotFound. */
export async function getApplication(ctx: Context, clientId: string): Promise<Application> {
  const application = await findApplication(ctx.db, clientId);
  if (!application) throw resourceNotFound('application', clientId);
  return application;
}
