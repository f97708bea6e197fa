import type { ApplicationSecret } from '@muster/contract/admin/application-secret';
import type { Context } from '../../../registry/context.ts';
import { listApplicationSecrets as readSecrets } from '../../../store/access/application-secrets.ts';
import { describeSecret } from './describe-secret.ts';
import { getApplication } from './get-application.ts';

/** An application's secrets that have not expired, newest first. Throws ResourceNotFound. */
export async function listApplicationSecrets(
  ctx: Context,
  clientId: string,
): Promise<{ items: ApplicationSecret[] }> {
  await getApplication(ctx, clientId);
  return { items: (await readSecrets(ctx.db, clientId, ctx.now())).map(describeSecret) };
}
