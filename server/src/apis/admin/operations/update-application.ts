import type { ApplicationChanges } from '@muster/contract/admin/application';
import type { Context } from '../../../registry/context.ts';
import {
  updateApplication as changeApplication,
  type Application,
} from '../../../store/access/applications.ts';
import { checkRedirectUris } from './check-redirect-uris.ts';
import { resourceNotFound } from './resource-faults.ts';

/** Changes an application. Tokens it has keep the old roles until they expire. Throws ResourceNotFound. */
export async function updateApplication(
  ctx: Context,
  clientId: string,
  changes: ApplicationChanges,
): Promise<Application> {
  checkRedirectUris(changes.redirectUris ?? []);
  const application = await changeApplication(ctx.db, clientId, changes);
  if (!application) throw resourceNotFound('application', clientId);
  return application;
}
