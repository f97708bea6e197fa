import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** Tells the advisory locks of worker pools from other locks of this database. */
const workerLockClass = 52_720_260;

/** Says that a worker pool is alive for as long as this connection is. */
export async function lockWorkerPool(connection: Db, poolId: string): Promise<void> {
  await connection.query(sql`select pg_advisory_lock(${workerLockClass}::int, hashtext(${poolId}))`);
}

/**
 * Gives jobs back to the queue whose worker pool is gone: it holds no lock. A pool takes its lock right after it is
 * made, so jobs taken within the last second are left alone. Should a living pool's job be given back all the same
 * (its lock connection broke), no harm is done: the row of a batch job is locked by whoever works on it.
 */
export async function releaseJobsOfDeadPools(db: Db): Promise<number> {
  const rows = await db.query<{ pools: number }>(sql`
    with dead as (
      select array_agg(distinct locked_by) as pool_ids
      from graphile_worker.jobs
      where locked_by is not null and locked_at < now() - interval '1 second'
        and not exists (
          select from pg_locks
          where locktype = 'advisory' and granted and objsubid = 2 and classid = ${workerLockClass}::int::oid
            and objid = hashtext(locked_by)::oid
            and database = (select oid from pg_database where datname = current_database()))
    )
    select cardinality(pool_ids) as pools, graphile_worker.force_unlock_workers(pool_ids)
    from dead where pool_ids is not null`);
  return rows[0]?.pools ?? 0;
}
