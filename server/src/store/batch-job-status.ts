import sql from 'sql-template-tag';
import type { BatchJob, JobDevice } from './batch-jobs.ts';
import type { Db } from './database.ts';

/** The answer of a finished job as it goes out, or what is known of an unfinished one. */
export type BatchJobStatusRow =
  | { readonly answer: Buffer }
  | { readonly answer: null; readonly job: BatchJob };

/** One indexed row. Undefined when this customer has no such job. */
export async function findBatchJobStatus(
  db: Db,
  key: { trackingId: string; customerId: string },
): Promise<BatchJobStatusRow | undefined> {
  const rows = await db.query<{
    answer: Buffer | null;
    status: BatchJob['status'];
    started_at: Date | null;
    completed_at: Date | null;
    submission: JobDevice[];
    outcomes: string[];
  }>(sql`
    select answer, status, started_at, completed_at, submission, outcomes
    from batch_jobs
    where batch_tracking_id = ${key.trackingId} and customer_id = ${key.customerId}`);
  const row = rows[0];
  if (!row) return undefined;
  if (row.answer) return { answer: row.answer };
  return {
    answer: null,
    job: {
      trackingId: key.trackingId,
      status: row.status,
      startedAt: row.started_at,
      completedAt: row.completed_at,
      devices: row.submission,
      outcomes: row.outcomes,
    },
  };
}

/** The tracking id that an earlier, identical call was answered with; undefined when there was none after this time. */
export async function findReplay(
  db: Db,
  requestKey: string,
  replaysAfter: Date,
): Promise<string | undefined> {
  const rows = await db.query<{ batch_tracking_id: string }>(sql`
    select batch_tracking_id from idempotent_requests
    where request_key = ${requestKey} and created_at > ${replaysAfter}`);
  return rows[0]?.batch_tracking_id;
}

/** Forgets calls too old to be repeated. */
export async function deleteReplaysBefore(db: Db, before: Date): Promise<void> {
  await db.query(sql`delete from idempotent_requests where created_at <= ${before}`);
}
