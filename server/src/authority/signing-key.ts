import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';
import type { Db } from '../store/database.ts';
import { insertFirstSigningKey, listSigningKeys } from '../store/signing-keys.ts';

/** What tokens are signed and verified with. The private part stays in memory and in the database. */
export interface SigningKeys {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  /** The public keys, as the key document publishes them. */
  readonly publicKeys: readonly JWK[];
}

/** The database's signing keys; makes the first one in a new database. Nodes that start together agree on it. */
export async function loadSigningKeys(db: Db): Promise<SigningKeys> {
  let keys = await listSigningKeys(db);
  if (keys.length === 0) {
    const made = await generateKeyPair('RS256', { extractable: true });
    const privateKey = await exportJWK(made.privateKey);
    await insertFirstSigningKey(db, await calculateJwkThumbprint(privateKey), privateKey);
    keys = await listSigningKeys(db);
  }
  const newest = keys[0];
  if (!newest) throw new Error('The database has no signing key and did not take a new one.');
  return {
    keyId: newest.keyId,
    privateKey: (await importJWK(newest.privateKey, 'RS256')) as CryptoKey,
    publicKeys: keys.map(toPublicKey),
  };
}

function toPublicKey({ keyId, privateKey }: { keyId: string; privateKey: JWK }): JWK {
  const { kty, n, e } = privateKey;
  return { kty, n, e, kid: keyId, use: 'sig', alg: 'RS256' } as JWK;
}
