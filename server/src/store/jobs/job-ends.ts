import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../database.ts';

/** The channel on which the end of a job is announced, with its tracking id. */
export const jobEndedChannel = 'muster_job_ended';

/** Part of the statement that ends a job, which returns this for its row: announces the end when it is committed. */
export const announceEnd: Sql = sql`pg_notify(${jobEndedChannel}, j.batch_tracking_id::text)`;

/** Those of these jobs that have ended. */
export async function listEndedJobs(db: Db, trackingIds: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ batch_tracking_id: string }>(sql`
    select batch_tracking_id from batch_jobs
    where batch_tracking_id = any (${[...trackingIds]}::uuid[]) and completed_at is not null`);
  return rows.map((row) => row.batch_tracking_id);
}
