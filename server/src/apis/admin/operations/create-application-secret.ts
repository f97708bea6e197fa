import { WireError } from '@muster/contract';
import type { ApplicationSecretOnce, NewApplicationSecret } from '@muster/contract/admin/application-secret';
import type { SlowHasher } from '../../../authority/slow-hash.ts';
import type { Context } from '../../../registry/context.ts';
import { deleteExpiredSecrets, expireOtherSecrets } from '../../../store/access/application-secrets.ts';
import { addSecret, newSecret } from './add-secret.ts';
import { getApplication } from './get-application.ts';

const hourMs = 3_600_000;

/**
 * Adds a secret to an application and, to rotate, lets the others expire. Throws ResourceNotFound, PublicApplication or
 * TooManySecrets.
 */
export async function createApplicationSecret(
  ctx: Context,
  hasher: SlowHasher,
  { clientId, input }: { clientId: string; input: NewApplicationSecret },
): Promise<ApplicationSecretOnce> {
  const { isPublic } = await getApplication(ctx, clientId);
  if (isPublic) throw new WireError('PublicApplication');
  const secret = await newSecret(ctx, hasher, { lifetimeDays: input.lifetimeDays });
  const { secretId, createdAt } = secret.row;
  await ctx.db.transaction(async (tx) => {
    await deleteExpiredSecrets(tx, clientId, createdAt);
    await addSecret(tx, clientId, secret);
    if (input.othersExpireInHours === undefined) return;
    const expiresAt = new Date(createdAt.getTime() + input.othersExpireInHours * hourMs);
    await expireOtherSecrets(tx, { clientId, secretId, expiresAt });
  });
  return secret.shown;
}
