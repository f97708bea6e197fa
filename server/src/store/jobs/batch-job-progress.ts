import sql from 'sql-template-tag';
import type { BatchJob, JobDevice } from './batch-jobs.ts';
import type { Db } from '../database.ts';

/** A job as a worker takes it up. */
export interface BatchJobToProcess extends BatchJob {
  readonly customerId: string;
  readonly deviceBatchId: string | null;
  readonly createdAt: Date;
}

/** An unfinished job; undefined when it is finished or gone, so that a job delivered twice does nothing the second time. */
export async function findUnfinishedBatchJob(
  db: Db,
  trackingId: string,
): Promise<BatchJobToProcess | undefined> {
  const rows = await db.query<{
    customer_id: string;
    kind: BatchJobToProcess['kind'];
    device_batch_id: string | null;
    status: BatchJob['status'];
    started_at: Date | null;
    created_at: Date;
    submission: JobDevice[];
    outcomes: string[];
  }>(sql`
    select customer_id, kind, device_batch_id::text, status, started_at, created_at, submission, outcomes
    from batch_jobs
    where batch_tracking_id = ${trackingId} and answer is null`);
  const row = rows[0];
  if (!row) return undefined;
  return {
    trackingId,
    customerId: row.customer_id,
    kind: row.kind,
    deviceBatchId: row.device_batch_id,
    status: row.status,
    startedAt: row.started_at,
    completedAt: null,
    createdAt: row.created_at,
    devices: row.submission,
    outcomes: row.outcomes,
  };
}

/**
 * Locks a job until the transaction ends and tells how many of its devices have an outcome; undefined when it is
 * finished. Whoever holds the lock alone may add outcomes: two workers on one job cannot both count a device.
 */
export async function lockBatchJob(tx: Db, trackingId: string): Promise<number | undefined> {
  const rows = await tx.query<{ processed: number }>(sql`
    select cardinality(outcomes) as processed from batch_jobs
    where batch_tracking_id = ${trackingId} and answer is null
    for update`);
  return rows[0]?.processed;
}
