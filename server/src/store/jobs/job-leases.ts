import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../database.ts';

/**
 * For how long a job belongs to whoever took it, in seconds, unless they renew it: this long after a node died or
 * froze, its jobs go on elsewhere.
 */
const leaseSeconds = 6;

/** Part of a statement: when a lease ends that is taken or renewed now. */
export const leaseEnd = sql`clock_timestamp() + make_interval(secs => ${leaseSeconds}::int)`;

/** The channel on which a queued job is announced, with the number of its devices. */
export const jobQueuedChannel = 'muster_job_queued';

/** A lease on a job. Every statement that writes to the job names it, so that a holder who lost it writes nothing. */
export interface JobLease {
  readonly trackingId: string;
  readonly leaseId: string;
}

/** A job that was taken from the queue. */
export interface ClaimedJob extends JobLease {
  /** Which attempt this is since the job last got further; the first is 1. */
  readonly attempt: number;
}

/** Which jobs may be taken. */
export interface JobClaim {
  readonly leaseId: string;
  /** Only jobs of at most this many devices. */
  readonly devicesMax: number;
}

/** Part of a statement in which `job` is the stored job: without a lease, workers are told that it is there. */
export function queueJob(leaseId: string | undefined): Sql {
  if (leaseId !== undefined) return sql`queued as (select from job)`;
  return sql`queued as (
      select pg_notify(${jobQueuedChannel}, devices_total::text) from job
    )`;
}

/**
 * Takes the next job: of the partner whose last turn is longest ago, its customer whose last turn is longest ago, and of
 * that customer the job that has been due longest. Each customer with unfinished jobs costs two index probes, however
 * many jobs it has. Undefined when nothing is due.
 */
export async function claimJob(db: Db, { leaseId, devicesMax }: JobClaim): Promise<ClaimedJob | undefined> {
  const rows = await db.query<{ batch_tracking_id: string; attempts: number }>(sql`
    with recursive waiting as (
      (select customer_id from batch_jobs where completed_at is null order by customer_id limit 1)
      union all
      select (select j.customer_id from batch_jobs as j
        where j.completed_at is null and j.customer_id > w.customer_id order by j.customer_id limit 1)
      from waiting as w where w.customer_id is not null
    ), candidates as (
      select next.batch_tracking_id, customer_id, c.partner_id,
        row_number() over (order by p.taken_at nulls first, t.taken_at nulls first, next.due_at) as turn
      from waiting as w
      join customers as c using (customer_id)
      left join job_turns as t on t.holder_id = customer_id
      left join job_turns as p on p.holder_id = c.partner_id
      cross join lateral (
        select j.batch_tracking_id, j.due_at from batch_jobs as j
        where j.customer_id = w.customer_id and j.completed_at is null and j.due_at <= now()
          and j.devices_total <= ${devicesMax}::int
        order by j.due_at limit 4) as next
    ), next as (
      select j.batch_tracking_id, j.customer_id, c.partner_id
      from candidates as c
      join batch_jobs as j using (batch_tracking_id)
      where j.completed_at is null and j.due_at <= now()
      order by c.turn limit 1
      for update of j skip locked
    ), turn as (
      insert into job_turns (holder_id, taken_at)
      select holder_id, clock_timestamp()
      from next, unnest(array[customer_id, partner_id]) as holder_id
      where holder_id is not null order by holder_id
      on conflict (holder_id) do update set taken_at = excluded.taken_at
    )
    update batch_jobs as j
    set lease_id = ${leaseId}::uuid, due_at = ${leaseEnd}, attempts = attempts + 1
    from next where j.batch_tracking_id = next.batch_tracking_id
    returning j.batch_tracking_id, j.attempts`);
  const row = rows[0];
  return row && { trackingId: row.batch_tracking_id, leaseId, attempt: row.attempts };
}

/**
 * Renews the leases of jobs that are still being run: one primary key each, however many jobs wait. A job whose row a step
 * holds at this moment is left out, so that it does not keep the others waiting: the step renews its lease itself.
 */
export async function renewLeases(db: Db, leases: readonly JobLease[]): Promise<void> {
  const trackingIds = leases.map((lease) => lease.trackingId);
  const leaseIds = leases.map((lease) => lease.leaseId);
  await db.query(sql`
    with held as (
      select batch_tracking_id from batch_jobs as j
      join unnest(${trackingIds}::uuid[], ${leaseIds}::uuid[]) as l (batch_tracking_id, lease_id)
        using (batch_tracking_id, lease_id)
      where j.completed_at is null
      for update of j skip locked
    )
    update batch_jobs as j set due_at = ${leaseEnd}
    from held where j.batch_tracking_id = held.batch_tracking_id`);
}

/** How a job goes back into the queue. */
export interface Release {
  /** Seconds until it is due. Default: 0, which also announces it. */
  readonly delaySeconds?: number;
  /** Whether the attempt counts as failed. Default: false. */
  readonly isFailure?: boolean;
}

/** Puts a job back into the queue. Nothing happens when the lease was lost. */
export async function releaseJob(
  db: Db,
  lease: JobLease,
  { delaySeconds = 0, isFailure = false }: Release = {},
): Promise<void> {
  await db.query(sql`
    with released as (
      update batch_jobs
      set lease_id = null, due_at = now() + make_interval(secs => ${delaySeconds}::float8),
        attempts = case when ${isFailure}::boolean then attempts else greatest(attempts - 1, 0) end
      where batch_tracking_id = ${lease.trackingId} and lease_id = ${lease.leaseId}::uuid and completed_at is null
      returning devices_total
    )
    select pg_notify(${jobQueuedChannel}, devices_total::text) from released where ${delaySeconds}::float8 = 0`);
}

/** Forgets turns of partners and customers that had none since. */
export async function deleteTurnsBefore(db: Db, before: Date): Promise<void> {
  await db.query(sql`delete from job_turns where taken_at < ${before}`);
}
