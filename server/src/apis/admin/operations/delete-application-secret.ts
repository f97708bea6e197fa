import type { Context } from '../../../registry/context.ts';
import { deleteApplicationSecret as eraseSecret } from '../../../store/access/application-secrets.ts';
import { resourceNotFound } from './resource-faults.ts';

/** Deletes a secret: it is refused from now on. Throws ResourceNotFound. */
export async function deleteApplicationSecret(
  ctx: Context,
  key: { clientId: string; secretId: string },
): Promise<void> {
  if (!(await eraseSecret(ctx.db, key))) throw resourceNotFound('secret', key.secretId);
}
