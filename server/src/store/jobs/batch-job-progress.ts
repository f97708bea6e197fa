import sql from 'sql-template-tag';
import type { BatchJob, JobDevice } from './batch-jobs.ts';
import type { Db } from '../database.ts';
import type { JobLease } from './job-leases.ts';

/** A job as a worker takes it up. */
export interface BatchJobToProcess extends BatchJob, JobLease {
  readonly customerId: string;
  readonly deviceBatchId: string | null;
  readonly createdAt: Date;
}

/** A job under a lease; undefined when it is finished, or somebody else holds it by now. */
export async function findUnfinishedBatchJob(
  db: Db,
  { trackingId, leaseId }: JobLease,
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
    where batch_tracking_id = ${trackingId} and lease_id = ${leaseId}::uuid and completed_at is null`);
  const row = rows[0];
  if (!row) return undefined;
  return {
    trackingId,
    leaseId,
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
