import { randomUUID } from 'node:crypto';
import type { CreatedApplication, NewApplication } from '@muster/contract/admin/application';
import type { SlowHasher } from '../../../authority/slow-hash.ts';
import type { Context } from '../../../registry/context.ts';
import { insertApplication } from '../../../store/access/applications.ts';
import { addSecret, newSecret } from './add-secret.ts';
import { checkRedirectUris } from './check-redirect-uris.ts';
import { resourceExists, resourceNotFound } from './resource-faults.ts';

/**
 * Adds an application, with its first secret unless it is public. Throws ResourceNotFound for an unknown partner and
 * ResourceExists when the client id is taken.
 */
export async function createApplication(
  ctx: Context,
  hasher: SlowHasher,
  { partnerId, input }: { partnerId: string; input: NewApplication },
): Promise<CreatedApplication> {
  const application = {
    clientId: input.clientId?.toLowerCase() ?? randomUUID(),
    partnerId,
    name: input.name,
    roles: input.roles ?? [],
    redirectUris: input.redirectUris ?? [],
    isPublic: input.isPublic ?? false,
  };
  checkRedirectUris(application.redirectUris);
  const lifetime = { lifetimeDays: input.secretLifetimeDays };
  const secret = application.isPublic ? undefined : await newSecret(ctx, hasher, lifetime);
  await ctx.db.transaction(async (tx) => {
    const result = await insertApplication(tx, application);
    if (result === 'no-partner') throw resourceNotFound('partner', partnerId);
    if (result === 'taken') throw resourceExists('application', 'clientId');
    if (secret) await addSecret(tx, application.clientId, secret);
  });
  return { ...application, ...(secret && { secret: secret.shown }) };
}
