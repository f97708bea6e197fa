import type { SigningKey } from '@muster/contract/admin/signing-key';
import type { Context } from '../../../registry/context.ts';
import { listSigningKeys } from '../../../store/access/signing-keys.ts';

/** The keys whose tokens are good, the one that signs first. Nothing of the keys themselves. */
export async function listKeys(ctx: Context): Promise<{ items: SigningKey[] }> {
  const rows = await listSigningKeys(ctx.db, ctx.now());
  const items = rows.map(({ keyId, createdAt, expiresAt }) => ({
    keyId,
    createdAt: createdAt.toISOString(),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  }));
  return { items };
}
