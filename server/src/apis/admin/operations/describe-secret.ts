import type { ApplicationSecret } from '@muster/contract/admin/application-secret';
import type { ApplicationSecret as SecretRow } from '../../../store/access/application-secrets.ts';

/** What may be known of a secret. */
export function describeSecret({ secretId, createdAt, expiresAt }: SecretRow): ApplicationSecret {
  return {
    secretId,
    createdAt: createdAt.toISOString(),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  };
}
