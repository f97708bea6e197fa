import sql from 'sql-template-tag';
import { joinDevices, type BatchJob, type JobDevice, type SubmittedDevice } from './batch-jobs.ts';
import type { Db } from '../database.ts';
import { readEarlierAnswer } from './earlier-answers.ts';
import type { JobLease } from './job-leases.ts';

interface Row {
  readonly kind: BatchJob['kind'];
  readonly status: BatchJob['status'];
  readonly started_at: Date | null;
  readonly completed_at: Date | null;
  readonly submission: SubmittedDevice[] | null;
  readonly outcomes: string[];
}

/** A job of this customer: one indexed row. Undefined when there is none. */
export async function findBatchJob(
  db: Db,
  key: { trackingId: string; customerId: string },
): Promise<BatchJob | undefined> {
  const rows = await db.query<Row & { answer: Buffer | null }>(sql`
    select kind, status, started_at, completed_at, submission, outcomes, answer
    from batch_jobs
    where batch_tracking_id = ${key.trackingId} and customer_id = ${key.customerId}`);
  const row = rows[0];
  return row && { ...key, ...toBatchJob(row), ...(row.answer && readEarlierAnswer(row.answer)) };
}

/** A job as a worker takes it up. */
export interface BatchJobToProcess extends BatchJob, JobLease {
  readonly deviceBatchId: string | null;
  readonly createdAt: Date;
  readonly devices: readonly JobDevice[];
}

/** A job under a lease; undefined when it is finished, or somebody else holds it by now. */
export async function findUnfinishedBatchJob(
  db: Db,
  { trackingId, leaseId }: JobLease,
): Promise<BatchJobToProcess | undefined> {
  const rows = await db.query<
    Row & {
      customer_id: string;
      device_batch_id: string | null;
      created_at: Date;
      identity_keys: string[][] | null;
    }
  >(sql`
    select customer_id, kind, device_batch_id::text, status, started_at, completed_at, created_at, submission,
      identity_keys, outcomes
    from batch_jobs
    where batch_tracking_id = ${trackingId} and lease_id = ${leaseId}::uuid and completed_at is null`);
  const row = rows[0];
  if (!row) return undefined;
  return {
    ...toBatchJob(row),
    trackingId,
    leaseId,
    customerId: row.customer_id,
    deviceBatchId: row.device_batch_id,
    createdAt: row.created_at,
    devices: joinDevices(row.submission ?? [], row.identity_keys),
  };
}

function toBatchJob(row: Row): Omit<BatchJob, 'trackingId' | 'customerId'> {
  return {
    kind: row.kind,
    status: row.status,
    startedAt: row.started_at,
    completedAt: row.completed_at,
    devices: row.submission ?? [],
    outcomes: row.outcomes,
  };
}
