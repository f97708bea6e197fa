import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** A sign-in that a person finishes on another device, with a short code. */
export interface DeviceLogin {
  readonly deviceCodeDigest: Buffer;
  /** What the person types. Upper case, without a hyphen. */
  readonly userCode: string;
  readonly clientId: string;
  readonly audience: string;
  readonly scope: string;
  readonly expiresAt: Date;
}

interface DeviceLoginRow {
  readonly device_code_digest: Buffer;
  readonly user_code: string;
  readonly client_id: string;
  readonly audience: string;
  readonly scope: string;
  readonly expires_at: Date;
}

function toDeviceLogin(row: DeviceLoginRow): DeviceLogin {
  return {
    deviceCodeDigest: row.device_code_digest,
    userCode: row.user_code,
    clientId: row.client_id,
    audience: row.audience,
    scope: row.scope,
    expiresAt: row.expires_at,
  };
}

/**
 * Adds a login, and erases those that have expired. `taken`: the user code is in use. `full`: the application has
 * `waitingMax` logins already.
 */
export async function insertDeviceLogin(
  db: Db,
  login: DeviceLogin,
  { now, waitingMax }: { now: Date; waitingMax: number },
): Promise<'added' | 'taken' | 'full'> {
  const rows = await db.query<{ added: boolean; full: boolean }>(sql`
    with expired as (
      delete from device_logins where expires_at <= ${now}::timestamptz
    ), others as (
      select count(*) >= ${waitingMax}::int as full from device_logins
      where client_id = ${login.clientId}::uuid and expires_at > ${now}::timestamptz
    ), added as (
      insert into device_logins (device_code_digest, user_code, client_id, audience, scope, expires_at)
      select ${login.deviceCodeDigest}::bytea, ${login.userCode}, ${login.clientId}::uuid, ${login.audience},
        ${login.scope}, ${login.expiresAt}::timestamptz
      from others where not others.full
      on conflict do nothing
      returning 1
    )
    select exists (select from added) as added, others.full from others`);
  if (rows[0]?.added) return 'added';
  return rows[0]?.full ? 'full' : 'taken';
}

/** The login that waits for this user code; undefined when there is none, or it was answered or has expired. */
export async function findPendingDeviceLogin(
  db: Db,
  userCode: string,
  now: Date,
): Promise<DeviceLogin | undefined> {
  const rows = await db.query<DeviceLoginRow>(sql`
    select device_code_digest, user_code, client_id, audience, scope, expires_at
    from device_logins where user_code = ${userCode} and status = 'pending' and expires_at > ${now}`);
  return rows[0] && toDeviceLogin(rows[0]);
}

/** Who approved a login, and whether they proved a second factor. */
export interface DeviceLoginApproval {
  readonly userId: string;
  readonly hasMfa: boolean;
}

/** Answers a waiting login: a user approves it, or it is denied. False when it no longer waits. */
export async function answerDeviceLogin(
  db: Db,
  answer: { userCode: string; approval: DeviceLoginApproval | undefined; now: Date },
): Promise<boolean> {
  const { approval } = answer;
  const status = approval === undefined ? 'denied' : 'approved';
  const rows = await db.query(sql`
    update device_logins set status = ${status}, user_id = ${approval?.userId ?? null},
      has_mfa = ${approval?.hasMfa ?? false}
    where user_code = ${answer.userCode} and status = 'pending' and expires_at > ${answer.now}
    returning user_code`);
  return rows.length === 1;
}

/** A login by its device code, with its answer so far. Undefined when there is none. An expired one is found. */
export async function findDeviceLogin(
  db: Db,
  deviceCodeDigest: Buffer,
): Promise<(DeviceLogin & { readonly status: 'pending' | 'approved' | 'denied' }) | undefined> {
  const rows = await db.query<DeviceLoginRow & { status: 'pending' | 'approved' | 'denied' }>(sql`
    select device_code_digest, user_code, client_id, audience, scope, expires_at, status
    from device_logins where device_code_digest = ${deviceCodeDigest}`);
  return rows[0] && { ...toDeviceLogin(rows[0]), status: rows[0].status };
}

/** Takes an approved login away: of many who ask at once, one gets the user. */
export async function claimDeviceLogin(
  db: Db,
  deviceCodeDigest: Buffer,
): Promise<DeviceLoginApproval | undefined> {
  const rows = await db.query<{ user_id: string; has_mfa: boolean }>(sql`
    delete from device_logins where device_code_digest = ${deviceCodeDigest} and status = 'approved'
    returning user_id, has_mfa`);
  return rows[0] && { userId: rows[0].user_id, hasMfa: rows[0].has_mfa };
}
