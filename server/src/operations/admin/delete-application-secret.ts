import type { Context } from '../../context.ts';
import { deleteApplicationSecret as eraseSecret } from '../../store/application-secrets.ts';
import { resourceNotFound } from './resource-faults.ts';

/** Deletes a secret: it is refused from now on. Throws ResourceNotFound. */
export async function deleteApplicationSecret(
  ctx: Context,
  key: { clientId: string; secretId: string },
): Promise<void> {
  if (!(await eraseSecret(ctx.db, key))) throw resourceNotFound('secret', key.secretId);
}
