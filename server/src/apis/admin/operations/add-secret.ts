import { randomUUID } from 'node:crypto';
import { WireError } from '@muster/contract';
import { applicationSecretsMax, type ApplicationSecretOnce } from '@muster/contract/admin/application-secret';
import { newRandomSecret } from '../../../authority/random-secret.ts';
import type { SlowHasher } from '../../../authority/slow-hash.ts';
import type { Context } from '../../../registry/context.ts';
import { insertApplicationSecret } from '../../../store/access/application-secrets.ts';
import type { Db } from '../../../store/database.ts';
import { describeSecret } from './describe-secret.ts';

/** A secret before it is stored. */
export interface NewSecret {
  readonly row: { secretId: string; secretHash: string; createdAt: Date; expiresAt: Date | undefined };
  /** With the secret itself, for the one answer that shows it. */
  readonly shown: ApplicationSecretOnce;
}

const dayMs = 86_400_000;

/** Makes a secret. Hashing takes its time, so do it before a transaction begins. */
export async function newSecret(
  ctx: Context,
  hasher: SlowHasher,
  { lifetimeDays }: { lifetimeDays: number | undefined },
): Promise<NewSecret> {
  const clientSecret = newRandomSecret();
  const createdAt = ctx.now();
  const expiresAt =
    lifetimeDays === undefined ? undefined : new Date(createdAt.getTime() + lifetimeDays * dayMs);
  const secretId = randomUUID();
  const row = { secretId, secretHash: await hasher.hash(clientSecret), createdAt, expiresAt };
  return { row, shown: { ...describeSecret(row), clientSecret } };
}

/** Stores a secret. Throws TooManySecrets. */
export async function addSecret(tx: Db, clientId: string, { row }: NewSecret): Promise<void> {
  const isAdded = await insertApplicationSecret(tx, { ...row, clientId, secretsMax: applicationSecretsMax });
  if (!isAdded) throw new WireError('TooManySecrets', { limit: applicationSecretsMax });
}
