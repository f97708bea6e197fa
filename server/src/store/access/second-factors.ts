import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** An authenticator app, as it is set up. */
export interface SecondFactor {
  readonly userId: string;
  readonly secret: Buffer;
  /** The time step of the code that proved the set-up: neither it nor an older one counts again. */
  readonly lastStep: number;
  readonly recoveryCodeDigests: readonly Buffer[];
}

/** Sets up a user's authenticator app. False when they have one already and it is not to be replaced. */
export async function saveSecondFactor(
  db: Db,
  { userId, secret, lastStep, recoveryCodeDigests }: SecondFactor,
  { replaces }: { replaces: boolean },
): Promise<boolean> {
  const rows = await db.query(sql`
    insert into second_factors (user_id, secret, last_step, recovery_code_digests)
    values (${userId}, ${secret}, ${lastStep}, ${[...recoveryCodeDigests]})
    on conflict (user_id) do update set secret = excluded.secret, last_step = excluded.last_step,
      recovery_code_digests = excluded.recovery_code_digests
    where ${replaces}::boolean
    returning user_id`);
  return rows.length === 1;
}

/** The secret of a user's authenticator app; undefined when they have none. */
export async function findSecondFactorSecret(db: Db, userId: string): Promise<Buffer | undefined> {
  const rows = await db.query<{ secret: Buffer }>(sql`
    select secret from second_factors where user_id = ${userId}`);
  return rows[0]?.secret;
}

/** Takes the code of a time step. False when it, or a later one, was taken before. */
export async function takeSecondFactorStep(db: Db, userId: string, step: number): Promise<boolean> {
  const rows = await db.query(sql`
    update second_factors set last_step = ${step}::bigint
    where user_id = ${userId} and last_step < ${step}::bigint returning user_id`);
  return rows.length === 1;
}

/** Takes a recovery code, which is then gone. False when it is none. */
export async function takeRecoveryCode(db: Db, userId: string, digest: Buffer): Promise<boolean> {
  const rows = await db.query(sql`
    update second_factors set recovery_code_digests = array_remove(recovery_code_digests, ${digest}::bytea)
    where user_id = ${userId} and ${digest}::bytea = any (recovery_code_digests) returning user_id`);
  return rows.length === 1;
}

/** Forgets a user's authenticator app. */
export async function deleteSecondFactor(db: Db, userId: string): Promise<void> {
  await db.query(sql`delete from second_factors where user_id = ${userId}`);
}
