import sql from 'sql-template-tag';
import type { Db } from './database.ts';

/** A tenant that acts for its customers. */
export interface Partner {
  readonly partnerId: string;
  readonly name: string;
  /** What clients may write instead of the id in token URLs. */
  readonly domainName: string;
}

/** A program that signs in as a partner. */
export interface Application {
  readonly clientId: string;
  readonly partnerId: string;
  readonly name: string;
  readonly roles: readonly string[];
}

/** Whether any partner is known: false only in a database that was never used. */
export async function hasPartner(db: Db): Promise<boolean> {
  const rows = await db.query<{ found: boolean }>(sql`select exists (select from partners) as found`);
  return rows[0]?.found === true;
}

export async function insertPartner(db: Db, partner: Partner): Promise<void> {
  await db.query(sql`
    insert into partners (partner_id, name, domain_name)
    values (${partner.partnerId}, ${partner.name}, ${partner.domainName.toLowerCase()})`);
}

/** The partner with this domain name; undefined when there is none. */
export async function findPartnerByDomain(db: Db, domainName: string): Promise<string | undefined> {
  const rows = await db.query<{ partner_id: string }>(sql`
    select partner_id from partners where domain_name = ${domainName.toLowerCase()}`);
  return rows[0]?.partner_id;
}

export async function insertApplication(db: Db, application: Application): Promise<void> {
  await db.query(sql`
    insert into applications (client_id, partner_id, name, roles)
    values (${application.clientId}, ${application.partnerId}, ${application.name}, ${[...application.roles]}::text[])`);
}

export async function insertApplicationSecret(
  db: Db,
  secret: { applicationSecretId: string; clientId: string; secretHash: string; expiresAt?: Date },
): Promise<void> {
  await db.query(sql`
    insert into application_secrets (application_secret_id, client_id, secret_hash, expires_at)
    values (${secret.applicationSecretId}, ${secret.clientId}, ${secret.secretHash}, ${secret.expiresAt ?? null})`);
}

/** An application with the hashes of those of its secrets that have not expired; undefined when there is none. */
export async function findApplication(
  db: Db,
  clientId: string,
  now: Date,
): Promise<(Application & { readonly secretHashes: readonly string[] }) | undefined> {
  const rows = await db.query<{
    client_id: string;
    partner_id: string;
    name: string;
    roles: string[];
    secret_hashes: string[];
  }>(sql`
    select a.client_id, a.partner_id, a.name, a.roles,
      array(select s.secret_hash from application_secrets s
            where s.client_id = a.client_id and (s.expires_at is null or s.expires_at > ${now})) as secret_hashes
    from applications a
    where a.client_id = ${clientId}`);
  const row = rows[0];
  if (!row) return undefined;
  return {
    clientId: row.client_id,
    partnerId: row.partner_id,
    name: row.name,
    roles: row.roles,
    secretHashes: row.secret_hashes,
  };
}
