import type { SigningKey } from '@muster/contract/admin/signing-key';
import { newSigningKey } from '../../../authority/tokens/signing-key-ring.ts';
import type { Context } from '../../../registry/context.ts';
import { insertNextSigningKey, lockSigningKeys } from '../../../store/access/signing-keys.ts';

/** The longest life a token can be set to, with an hour to spare. */
const retiredMs = 25 * 60 * 60_000;

/**
 * Makes a new key that signs from now on, on every node. The keys before it stay published until the last token they
 * signed has expired, so nobody is signed out.
 */
export async function rotateKey(ctx: Context): Promise<SigningKey> {
  const createdAt = ctx.now();
  const key = { ...(await newSigningKey()), createdAt };
  await ctx.db.transaction(async (tx) => {
    await lockSigningKeys(tx);
    await insertNextSigningKey(tx, key, new Date(createdAt.getTime() + retiredMs));
  });
  return { keyId: key.keyId, createdAt: createdAt.toISOString() };
}
