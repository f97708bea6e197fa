import sql from 'sql-template-tag';
import type { JWK } from 'jose';
import type { Db } from '../database.ts';

/** A key that signs tokens, private part included. */
export interface SigningKeyRow {
  readonly keyId: string;
  readonly privateKey: JWK;
  readonly createdAt: Date;
  /** When its tokens stop being good; undefined for the key that signs now. */
  readonly expiresAt: Date | undefined;
}

/** The keys whose tokens are good, newest first. They are few: rotation sets an end to each. */
export async function listSigningKeys(db: Db, now: Date): Promise<SigningKeyRow[]> {
  const rows = await db.query<{
    key_id: string;
    private_key: JWK;
    created_at: Date;
    expires_at: Date | null;
  }>(sql`
    select key_id, private_key, created_at, expires_at from signing_keys
    where expires_at is null or expires_at > ${now}
    order by expires_at is null desc, created_at desc, key_id`);
  return rows.map((row) => ({
    keyId: row.key_id,
    privateKey: row.private_key,
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
  }));
}

/**
 * Makes whoever adds a key wait for its turn, until the transaction ends. A statement of its own: one that waits and
 * then looks would look with the eyes of before the wait.
 */
export async function lockSigningKeys(tx: Db): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(5272026002)`);
}

/** Adds the first key, after `lockSigningKeys`. When another node was faster nothing changes: read the list again. */
export async function insertFirstSigningKey(
  tx: Db,
  key: { keyId: string; privateKey: JWK; createdAt: Date },
): Promise<void> {
  await tx.query(sql`
    insert into signing_keys (key_id, private_key, created_at)
    select ${key.keyId}, ${JSON.stringify(key.privateKey)}::jsonb, ${key.createdAt}::timestamptz
    where not exists (select from signing_keys)`);
}

/**
 * Adds the key that signs from now on, after `lockSigningKeys`; those before it get an end, and those that ended are
 * erased.
 */
export async function insertNextSigningKey(
  tx: Db,
  key: { keyId: string; privateKey: JWK; createdAt: Date },
  othersExpireAt: Date,
): Promise<void> {
  await tx.query(sql`
    with ended as (
      delete from signing_keys where expires_at <= ${key.createdAt}::timestamptz
    ), retired as (
      update signing_keys set expires_at = ${othersExpireAt}::timestamptz where expires_at is null
    )
    insert into signing_keys (key_id, private_key, created_at)
    values (${key.keyId}, ${JSON.stringify(key.privateKey)}::jsonb, ${key.createdAt}::timestamptz)`);
}

/** Deletes a key that no longer signs, and with it all its tokens. */
export async function deleteSigningKey(db: Db, keyId: string): Promise<'deleted' | 'in-use' | 'unknown'> {
  const rows = await db.query<{ in_use: boolean; deleted: boolean }>(sql`
    with deleted as (
      delete from signing_keys where key_id = ${keyId} and expires_at is not null returning 1
    )
    select exists (select from deleted) as deleted,
      exists (select from signing_keys where key_id = ${keyId} and expires_at is null) as in_use`);
  if (rows[0]?.deleted) return 'deleted';
  return rows[0]?.in_use ? 'in-use' : 'unknown';
}
