import { randomUUID } from 'node:crypto';
import type { AdministratorOnce, NewAdministrator } from '@muster/contract/admin/administrator';
import { digestSecret, newRandomSecret } from '../../../authority/random-secret.ts';
import type { Context } from '../../../registry/context.ts';
import { insertAdministrator } from '../../../store/access/administrators.ts';
import { resourceExists } from './resource-faults.ts';

/** Adds an administrator; the answer shows the secret, once. Throws ResourceExists when the name is taken. */
export async function createAdministrator(
  ctx: Context,
  { name }: NewAdministrator,
): Promise<AdministratorOnce> {
  const secret = newRandomSecret();
  const administrator = { administratorId: randomUUID(), name, createdAt: ctx.now() };
  const isAdded = await insertAdministrator(ctx.db, { ...administrator, secretDigest: digestSecret(secret) });
  if (!isAdded) throw resourceExists('administrator', 'name');
  return { ...administrator, createdAt: administrator.createdAt.toISOString(), secret };
}
