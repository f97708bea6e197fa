import { WireError } from '@muster/contract';
import type { Context } from '../../../registry/context.ts';
import { deleteSigningKey } from '../../../store/access/signing-keys.ts';
import { resourceNotFound } from './resource-faults.ts';

/** Deletes a key that no longer signs, and with it all its tokens. Throws ResourceNotFound or SigningKeyInUse. */
export async function deleteKey(ctx: Context, keyId: string): Promise<void> {
  const result = await deleteSigningKey(ctx.db, keyId);
  if (result === 'in-use') throw new WireError('SigningKeyInUse');
  if (result === 'unknown') throw resourceNotFound('key', keyId);
}
