import { WireError } from '@muster/contract';
import type { SigningKey } from '@muster/contract/admin/signing-key';
import { newSigningKey } from '../../authority/tokens/signing-key-ring.ts';
import type { Context } from '../../registry/context.ts';
import {
  deleteSigningKey,
  insertNextSigningKey,
  listSigningKeys,
  lockSigningKeys,
} from '../../store/access/signing-keys.ts';
import type { AdminCall } from './admin-call.ts';
import { resourceNotFound } from './resource-faults.ts';

/** /admin/v1/signing-keys */
export const signingKeyHandlers = {
  listSigningKeys: ({ ctx }: AdminCall) => listKeys(ctx),
  rotateSigningKey: ({ ctx }: AdminCall) => rotateKey(ctx),
  deleteSigningKey: ({ ctx, param }: AdminCall) => deleteKey(ctx, param('keyId')),
};

/** The keys whose tokens are accepted, the signing key first, without the keys themselves. */
async function listKeys(ctx: Context): Promise<{ items: SigningKey[] }> {
  const rows = await listSigningKeys(ctx.db, ctx.now());
  const items = rows.map(({ keyId, createdAt, expiresAt }) => ({
    keyId,
    createdAt: createdAt.toISOString(),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  }));
  return { items };
}

/** The longest lifetime that can be set for tokens, plus an hour. */
const retiredMs = 25 * 60 * 60_000;

/**
 * Creates a new key, which signs from now on, on every node. Earlier keys stay published until the last token that they
 * signed has expired, so nobody is signed out.
 */
async function rotateKey(ctx: Context): Promise<SigningKey> {
  const createdAt = ctx.now();
  const key = { ...(await newSigningKey()), createdAt };
  await ctx.db.transaction(async (tx) => {
    await lockSigningKeys(tx);
    await insertNextSigningKey(tx, key, new Date(createdAt.getTime() + retiredMs));
  });
  return { keyId: key.keyId, createdAt: createdAt.toISOString() };
}

/** Deletes a key that no longer signs, which ends all of its tokens. Throws ResourceNotFound or SigningKeyInUse. */
async function deleteKey(ctx: Context, keyId: string): Promise<void> {
  const result = await deleteSigningKey(ctx.db, keyId);
  if (result === 'in-use') throw new WireError('SigningKeyInUse');
  if (result === 'unknown') throw resourceNotFound('key', keyId);
}
