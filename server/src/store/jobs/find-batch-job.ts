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

/** How far a job was when somebody last saw it. */
interface LastSeen {
  readonly status: string;
  readonly processed: number;
}

const neverSeen: LastSeen = { status: '', processed: 0 };

/**
 * A job of this customer: one indexed row. Undefined when there is none; 'unchanged', without reading its devices, when it
 * is still where it was last seen.
 */
export async function findBatchJob(
  db: Db,
  key: { trackingId: string; customerId: string },
  lastSeen: LastSeen = neverSeen,
): Promise<BatchJob | 'unchanged' | undefined> {
  const rows = await db.query<Row & { answer: Buffer | null; is_unchanged: boolean }>(sql`
    select kind, status, started_at, completed_at, is_unchanged,
      case when not is_unchanged then submission end as submission,
      case when not is_unchanged then outcomes end as outcomes,
      case when not is_unchanged then answer end as answer
    from batch_jobs, lateral (
      select status = ${lastSeen.status} and cardinality(outcomes) = ${lastSeen.processed}::int as is_unchanged
    ) as change
    where batch_tracking_id = ${key.trackingId} and customer_id = ${key.customerId}`);
  const row = rows[0];
  if (row?.is_unchanged) return 'unchanged';
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
