import sql from 'sql-template-tag';
import type { BatchJob, JobDevice } from './batch-jobs.ts';
import type { Db } from '../database.ts';

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
    kind: BatchJob['kind'];
    status: BatchJob['status'];
    started_at: Date | null;
    completed_at: Date | null;
    submission: JobDevice[];
    outcomes: string[];
  }>(sql`
    select answer, kind, status, started_at, completed_at, submission, outcomes
    from batch_jobs
    where batch_tracking_id = ${key.trackingId} and customer_id = ${key.customerId}`);
  const row = rows[0];
  if (!row) return undefined;
  if (row.answer) return { answer: row.answer };
  return {
    answer: null,
    job: {
      trackingId: key.trackingId,
      kind: row.kind,
      status: row.status,
      startedAt: row.started_at,
      completedAt: row.completed_at,
      devices: row.submission,
      outcomes: row.outcomes,
    },
  };
}
