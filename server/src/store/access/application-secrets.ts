import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** What may be known of a secret: everything but the secret. */
export interface ApplicationSecret {
  readonly secretId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | undefined;
}

/** Adds a secret by its slow hash. Returns false when the application has `secretsMax` unexpired ones already. */
export async function insertApplicationSecret(
  db: Db,
  secret: {
    secretId: string;
    clientId: string;
    secretHash: string;
    createdAt: Date;
    expiresAt: Date | undefined;
    secretsMax: number;
  },
): Promise<boolean> {
  const rows = await db.query(sql`
    insert into application_secrets (application_secret_id, client_id, secret_hash, created_at, expires_at)
    select ${secret.secretId}::uuid, ${secret.clientId}::uuid, ${secret.secretHash}, ${secret.createdAt}::timestamptz,
      ${secret.expiresAt ?? null}::timestamptz
    where (select count(*) from application_secrets
           where client_id = ${secret.clientId}::uuid
             and (expires_at is null or expires_at > ${secret.createdAt}::timestamptz)) < ${secret.secretsMax}::int
    returning application_secret_id`);
  return rows.length === 1;
}

/** All secrets of an application that have not expired, newest first. They are few: see `insertApplicationSecret`. */
export async function listApplicationSecrets(
  db: Db,
  clientId: string,
  now: Date,
): Promise<ApplicationSecret[]> {
  const rows = await db.query<{
    application_secret_id: string;
    created_at: Date;
    expires_at: Date | null;
  }>(sql`
    select application_secret_id, created_at, expires_at from application_secrets
    where client_id = ${clientId} and (expires_at is null or expires_at > ${now})
    order by created_at desc, application_secret_id`);
  return rows.map((row) => ({
    secretId: row.application_secret_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
  }));
}

/** Lets all other secrets of an application expire at this time, unless they do so earlier. */
export async function expireOtherSecrets(
  db: Db,
  secret: { clientId: string; secretId: string; expiresAt: Date },
): Promise<void> {
  await db.query(sql`
    update application_secrets set expires_at = least(expires_at, ${secret.expiresAt})
    where client_id = ${secret.clientId} and application_secret_id <> ${secret.secretId}`);
}

/** Erases secrets that expired before this time. */
export async function deleteExpiredSecrets(db: Db, clientId: string, before: Date): Promise<void> {
  await db.query(sql`
    delete from application_secrets where client_id = ${clientId} and expires_at < ${before}`);
}

/** False when this application has no such secret. */
export async function deleteApplicationSecret(
  db: Db,
  key: { clientId: string; secretId: string },
): Promise<boolean> {
  const rows = await db.query(sql`
    delete from application_secrets
    where client_id = ${key.clientId} and application_secret_id = ${key.secretId}
    returning application_secret_id`);
  return rows.length === 1;
}
