import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../database.ts';

/** How often a job is tried before it is given up. */
const attemptsMax = 8;

/** Makes the queue know the task, before a job is put there as taken: the queue's own function does it by itself. */
export async function insertTask(db: Db): Promise<void> {
  await db.query(sql`
    insert into graphile_worker._private_tasks (identifier) values ('process_batch_job') on conflict do nothing`);
}

/**
 * Part of a statement in which `job` is the stored job: puts it into the queue. With `heldBy` it goes there as taken by
 * that holder, whom nobody needs to wake (after `insertTask`). The key lets the job's end find it.
 */
export function queueJob(heldBy: string | undefined): Sql {
  if (heldBy === undefined)
    return sql`queued as (
      select (graphile_worker.add_job('process_batch_job', json_build_object('trackingId', batch_tracking_id), max_attempts => ${attemptsMax})).id
      from job
    )`;
  return sql`queued as (
      insert into graphile_worker._private_jobs (task_id, payload, key, max_attempts, attempts, locked_at, locked_by)
      select t.id, json_build_object('trackingId', batch_tracking_id), batch_tracking_id::text, ${attemptsMax}, 1, now(), ${heldBy}
      from job, graphile_worker._private_tasks as t where t.identifier = 'process_batch_job'
      returning id
    )`;
}

/** Gives the jobs of a holder back to the queue, to be run in a second, except for those it is at work on. */
export async function giveBackJobs(
  db: Db,
  holderId: string,
  exceptTrackingIds: readonly string[],
): Promise<void> {
  await db.query(sql`
    update graphile_worker._private_jobs
    set locked_at = null, locked_by = null, run_at = now() + interval '1 second', updated_at = now()
    where locked_by = ${holderId} and key <> all (${[...exceptTrackingIds]}::text[])`);
}
