import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
  type JWTVerifyGetKey,
} from 'jose';
import type { ElapsedMs } from '../../http/window-counters.ts';
import type { Database } from '../../store/database.ts';
import {
  insertFirstSigningKey,
  listSigningKeys,
  lockSigningKeys,
  type SigningKeyRow,
} from '../../store/access/signing-keys.ts';

/** Keys that another node made or deleted are noticed after this at the latest. */
const refreshMs = 30_000;

/** What tokens are signed and verified with. A new object whenever the keys change. */
export interface SigningKeys {
  readonly keyId: string;
  /** Stays in memory and in the database. */
  readonly privateKey: CryptoKey;
  /** The public keys, as the key document publishes them. */
  readonly publicKeys: readonly JWK[];
  /** Finds the public key a token names. */
  readonly keySet: JWTVerifyGetKey;
}

/** The database's signing keys, as this node knows them. */
export interface SigningKeyRing {
  /** What is known now, at no cost. When that is old, newer ones are fetched behind it. */
  remembered(): SigningKeys;
  /** The keys as they are now, from the database. Of many who ask at once, one reads for all. */
  read(): Promise<SigningKeys>;
}

/** Opens the ring; makes the first key in a new database. Nodes that start together agree on it. */
export async function openSigningKeyRing(
  db: Database,
  { now, elapsedMs }: { now: () => Date; elapsedMs: ElapsedMs },
): Promise<SigningKeyRing> {
  let known = await readOrMakeKeys(db, now());
  let readAt = elapsedMs();
  let reading: Promise<SigningKeys> | undefined;

  const reload = (): Promise<SigningKeys> => {
    reading ??= (async () => {
      try {
        const startedAt = elapsedMs();
        const rows = await listSigningKeys(db, now());
        if (!isSame(rows, known)) known = await toSigningKeys(rows);
        readAt = startedAt;
        return known;
      } finally {
        reading = undefined;
      }
    })();
    return reading;
  };

  return {
    remembered: () => {
      // Out of reach of the database, the known keys go on.
      if (elapsedMs() - readAt > refreshMs) void reload().catch(() => {});
      return known;
    },
    read: reload,
  };
}

/** A new RS256 key, with its private part. */
export async function newSigningKey(): Promise<{ keyId: string; privateKey: JWK }> {
  const made = await generateKeyPair('RS256', { extractable: true });
  const privateKey = await exportJWK(made.privateKey);
  return { keyId: await calculateJwkThumbprint(privateKey), privateKey };
}

async function readOrMakeKeys(db: Database, now: Date): Promise<SigningKeys> {
  let rows = await listSigningKeys(db, now);
  if (rows.length === 0) {
    const key = { ...(await newSigningKey()), createdAt: now };
    await db.transaction(async (tx) => {
      await lockSigningKeys(tx);
      await insertFirstSigningKey(tx, key);
    });
    rows = await listSigningKeys(db, now);
  }
  return toSigningKeys(rows);
}

async function toSigningKeys(rows: readonly SigningKeyRow[]): Promise<SigningKeys> {
  const newest = rows[0];
  if (!newest) throw new Error('The database has no signing key and did not take a new one.');
  const publicKeys = rows.map(toPublicKey);
  return {
    keyId: newest.keyId,
    privateKey: (await importJWK(newest.privateKey, 'RS256')) as CryptoKey,
    publicKeys,
    keySet: createLocalJWKSet({ keys: publicKeys }),
  };
}

function isSame(rows: readonly SigningKeyRow[], keys: SigningKeys): boolean {
  return (
    rows.length === keys.publicKeys.length &&
    rows.every((row, position) => row.keyId === keys.publicKeys[position]?.kid)
  );
}

function toPublicKey({ keyId, privateKey }: SigningKeyRow): JWK {
  const { kty, n, e } = privateKey;
  return { kty, n, e, kid: keyId, use: 'sig', alg: 'RS256' } as JWK;
}
