import { isRole, type Role } from '@muster/contract/roles';
import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** A person who signs in. */
export interface User {
  readonly userId: string;
  readonly partnerId: string;
  /** The name they sign in with, lower case. */
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly isEnabled: boolean;
  /** Whether they sign in with a second factor only. */
  readonly requiresMfa: boolean;
  /** Whether they have set one up. */
  readonly isMfaRegistered: boolean;
}

interface UserRow {
  readonly user_id: string;
  readonly partner_id: string;
  readonly user_principal_name: string;
  readonly display_name: string;
  readonly roles: string[];
  readonly is_enabled: boolean;
  readonly requires_mfa: boolean;
  readonly is_mfa_registered: boolean;
}

/** The columns of a user, below `users`. */
const userColumns = sql`
  user_id, partner_id, user_principal_name, display_name, roles, is_enabled, requires_mfa,
  exists (select from second_factors where second_factors.user_id = users.user_id) as is_mfa_registered`;

function toUser(row: UserRow): User {
  return {
    userId: row.user_id,
    partnerId: row.partner_id,
    userPrincipalName: row.user_principal_name,
    displayName: row.display_name,
    roles: row.roles.filter(isRole),
    isEnabled: row.is_enabled,
    requiresMfa: row.requires_mfa,
    isMfaRegistered: row.is_mfa_registered,
  };
}

/** Adds a user. When the name is taken, or the partner is unknown, nothing changes. */
export async function insertUser(
  db: Db,
  user: Omit<User, 'isMfaRegistered'> & { passwordHash: string },
): Promise<'added' | 'taken' | 'no-partner'> {
  const rows = await db.query<{ added: boolean; has_partner: boolean }>(sql`
    with partner as (
      select partner_id from partners where partner_id = ${user.partnerId}
    ), added as (
      insert into users (user_id, partner_id, user_principal_name, display_name, password_hash, roles, is_enabled,
        requires_mfa)
      select ${user.userId}::uuid, partner_id, ${user.userPrincipalName.toLowerCase()}, ${user.displayName},
        ${user.passwordHash}, ${[...user.roles]}::text[], ${user.isEnabled}::boolean,
        ${user.requiresMfa}::boolean
      from partner
      on conflict (user_principal_name) do nothing
      returning 1
    )
    select exists (select from added) as added, exists (select from partner) as has_partner`);
  if (rows[0]?.added) return 'added';
  return rows[0]?.has_partner ? 'taken' : 'no-partner';
}

/** Undefined when there is none. */
export async function findUser(db: Db, userId: string): Promise<User | undefined> {
  const rows = await db.query<UserRow>(sql`
    select ${userColumns}
    from users where user_id = ${userId}`);
  return rows[0] && toUser(rows[0]);
}

/** The user with this sign-in name, with the slow hash of the password; undefined when there is none. */
export async function findUserByName(
  db: Db,
  userPrincipalName: string,
): Promise<(User & { readonly passwordHash: string }) | undefined> {
  const rows = await db.query<UserRow & { password_hash: string }>(sql`
    select ${userColumns}, password_hash
    from users where user_principal_name = ${userPrincipalName.toLowerCase()}`);
  return rows[0] && { ...toUser(rows[0]), passwordHash: rows[0].password_hash };
}

/** At most `size` users of a partner whose id is after `after`, by id. */
export async function listUsers(
  db: Db,
  partnerId: string,
  page: { after: string; size: number },
): Promise<User[]> {
  const rows = await db.query<UserRow>(sql`
    select ${userColumns}
    from users
    where partner_id = ${partnerId} and user_id > ${page.after} order by user_id limit ${page.size}`);
  return rows.map(toUser);
}

/** Changes what is given; undefined when there is no such user. */
export async function updateUser(
  db: Db,
  userId: string,
  changes: Partial<Pick<User, 'displayName' | 'roles' | 'isEnabled' | 'requiresMfa'>> & {
    passwordHash?: string;
  },
): Promise<User | undefined> {
  const rows = await db.query<UserRow>(sql`
    update users set display_name = coalesce(${changes.displayName ?? null}, display_name),
      roles = coalesce(${changes.roles ? [...changes.roles] : null}::text[], roles),
      is_enabled = coalesce(${changes.isEnabled ?? null}::boolean, is_enabled),
      requires_mfa = coalesce(${changes.requiresMfa ?? null}::boolean, requires_mfa),
      password_hash = coalesce(${changes.passwordHash ?? null}, password_hash)
    where user_id = ${userId}
    returning ${userColumns}`);
  return rows[0] && toUser(rows[0]);
}

/** Deletes a user and everything they signed in. False when there is none. */
export async function deleteUser(db: Db, userId: string): Promise<boolean> {
  const rows = await db.query(sql`delete from users where user_id = ${userId} returning user_id`);
  return rows.length === 1;
}
