import { isRole, type Role } from '@muster/contract/roles';
import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** A program that signs in: as itself, or for a user. */
export interface Application {
  readonly clientId: string;
  /** Undefined for Muster’s own, which signs in users of every partner. */
  readonly partnerId: string | undefined;
  readonly name: string;
  /** What it may do when it acts as itself. */
  readonly roles: readonly Role[];
  /** It runs on people's own machines and has no secret. */
  readonly isPublic: boolean;
  /** Where users may be sent back to after signing in. */
  readonly redirectUris: readonly string[];
}

interface ApplicationRow {
  readonly client_id: string;
  readonly partner_id: string | null;
  readonly name: string;
  readonly roles: string[];
  readonly is_public: boolean;
  readonly redirect_uris: string[];
}

function toApplication(row: ApplicationRow): Application {
  return {
    clientId: row.client_id,
    partnerId: row.partner_id ?? undefined,
    name: row.name,
    roles: row.roles.filter(isRole),
    isPublic: row.is_public,
    redirectUris: row.redirect_uris,
  };
}

/** Adds an application. When its id is taken, or the partner is unknown, nothing changes. */
export async function insertApplication(
  db: Db,
  application: Application & { readonly partnerId: string },
): Promise<'added' | 'taken' | 'no-partner'> {
  const { clientId, partnerId, name, isPublic } = application;
  const rows = await db.query<{ added: boolean; has_partner: boolean }>(sql`
    with partner as (
      select partner_id from partners where partner_id = ${partnerId}
    ), added as (
      insert into applications (client_id, partner_id, name, roles, is_public, redirect_uris)
      select ${clientId}::uuid, partner_id, ${name}, ${[...application.roles]}::text[], ${isPublic}::boolean,
        ${[...application.redirectUris]}::text[]
      from partner
      on conflict (client_id) do nothing
      returning 1
    )
    select exists (select from added) as added, exists (select from partner) as has_partner`);
  if (rows[0]?.added) return 'added';
  return rows[0]?.has_partner ? 'taken' : 'no-partner';
}

/** Undefined when there is none. */
export async function findApplication(db: Db, clientId: string): Promise<Application | undefined> {
  const rows = await db.query<ApplicationRow>(sql`
    select client_id, partner_id, name, roles, is_public, redirect_uris
    from applications where client_id = ${clientId}`);
  return rows[0] && toApplication(rows[0]);
}

/** An application with the hashes of those of its secrets that have not expired; undefined when there is none. */
export async function findApplicationWithSecrets(
  db: Db,
  clientId: string,
  now: Date,
): Promise<(Application & { readonly secretHashes: readonly string[] }) | undefined> {
  const rows = await db.query<ApplicationRow & { secret_hashes: string[] }>(sql`
    select a.client_id, a.partner_id, a.name, a.roles, a.is_public, a.redirect_uris,
      array(select s.secret_hash from application_secrets s
            where s.client_id = a.client_id and (s.expires_at is null or s.expires_at > ${now})
            order by s.created_at desc) as secret_hashes
    from applications a
    where a.client_id = ${clientId}`);
  return rows[0] && { ...toApplication(rows[0]), secretHashes: rows[0].secret_hashes };
}

/** At most `size` applications of a partner whose id is after `after`, by id. */
export async function listApplications(
  db: Db,
  partnerId: string,
  page: { after: string; size: number },
): Promise<Application[]> {
  const rows = await db.query<ApplicationRow>(sql`
    select client_id, partner_id, name, roles, is_public, redirect_uris
    from applications
    where partner_id = ${partnerId} and client_id > ${page.after} order by client_id limit ${page.size}`);
  return rows.map(toApplication);
}

/** Changes what is given; undefined when no partner has such an application. */
export async function updateApplication(
  db: Db,
  clientId: string,
  changes: { name?: string; roles?: readonly Role[]; redirectUris?: readonly string[] },
): Promise<Application | undefined> {
  const rows = await db.query<ApplicationRow>(sql`
    update applications set name = coalesce(${changes.name ?? null}, name),
      roles = coalesce(${changes.roles ? [...changes.roles] : null}::text[], roles),
      redirect_uris = coalesce(${changes.redirectUris ? [...changes.redirectUris] : null}::text[], redirect_uris)
    where client_id = ${clientId} and partner_id is not null
    returning client_id, partner_id, name, roles, is_public, redirect_uris`);
  return rows[0] && toApplication(rows[0]);
}

/** Deletes an application with its secrets and everything that was signed in through it. False when no partner has it. */
export async function deleteApplication(db: Db, clientId: string): Promise<boolean> {
  const rows = await db.query(
    sql`delete from applications where client_id = ${clientId} and partner_id is not null returning client_id`,
  );
  return rows.length === 1;
}
