import sql, { join, type Sql } from 'sql-template-tag';
import type { BatchJob, BatchJobKind } from './batch-jobs.ts';
import { readEarlierAnswer } from './earlier-answers.ts';
import { countOutcomes, type OutcomeCounts } from './job-steps.ts';
import type { Db } from '../database.ts';

/** A job of any customer of a partner, without its devices. */
export interface PartnerJob {
  readonly trackingId: string;
  readonly customerId: string;
  readonly customerName: string;
  readonly kind: BatchJobKind;
  readonly status: BatchJob['status'];
  /** Undefined for a policy update. */
  readonly batchId: string | undefined;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly startedAt: Date | undefined;
  readonly completedAt: Date | undefined;
  readonly devicesTotal: number;
  readonly counts: OutcomeCounts;
}

/** Which jobs of a partner. */
export interface JobFilter {
  readonly partnerId: string;
  readonly customerId?: string | undefined;
  readonly batchId?: string | undefined;
  readonly status?: BatchJob['status'] | undefined;
  readonly hasFailures?: boolean | undefined;
  readonly since?: Date | undefined;
}

/** A place in a list of jobs. The time is ISO 8601. */
export interface JobPlace {
  readonly createdAt: string;
  readonly trackingId: string;
}

/** At most `limit` jobs, the newest first: from the beginning, or after a place. */
export async function listPartnerJobs(
  db: Db,
  filter: JobFilter,
  { after, limit }: { after: JobPlace | undefined; limit: number },
): Promise<PartnerJob[]> {
  const { partnerId, customerId, batchId, status, hasFailures, since } = filter;
  const conditions: Sql[] = [sql`c.partner_id = ${partnerId}`];
  if (customerId !== undefined) conditions.push(sql`j.customer_id = ${customerId}`);
  if (batchId !== undefined) conditions.push(sql`b.batch_id_folded = ${batchId.toLowerCase()}`);
  if (status !== undefined) conditions.push(sql`j.status = ${status}`);
  if (hasFailures !== undefined) conditions.push(sql`(j.devices_failed > 0) = ${hasFailures}::boolean`);
  if (since !== undefined) conditions.push(sql`j.created_at >= ${since}`);
  if (after !== undefined)
    conditions.push(
      sql`(j.created_at, j.batch_tracking_id) < (${after.createdAt}::timestamptz, ${after.trackingId}::uuid)`,
    );
  const rows = await db.query<Row>(sql`
    ${selectJobs}
    where ${join(conditions, ' and ')}
    order by j.created_at desc, j.batch_tracking_id desc
    limit ${limit}::int`);
  return rows.map(toPartnerJob);
}

/** A job of a customer of this partner: one indexed row. */
export async function findPartnerJob(
  db: Db,
  { partnerId, trackingId }: { partnerId: string; trackingId: string },
): Promise<PartnerJob | undefined> {
  const rows = await db.query<Row>(sql`
    ${selectJobs}
    where j.batch_tracking_id = ${trackingId} and c.partner_id = ${partnerId}`);
  return rows[0] && toPartnerJob(rows[0]);
}

interface Row {
  readonly batch_tracking_id: string;
  readonly customer_id: string;
  readonly company_name: string;
  readonly kind: BatchJobKind;
  readonly status: BatchJob['status'];
  readonly batch_id: string | null;
  readonly created_by: string;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly completed_at: Date | null;
  readonly devices_total: number;
  readonly devices_succeeded: number | null;
  readonly devices_failed: number | null;
  readonly outcome_counts: Record<string, number> | null;
  readonly answer: Buffer | null;
}

const selectJobs = sql`select j.batch_tracking_id, j.customer_id, c.company_name, j.kind, j.status, b.batch_id, j.created_by,
      j.created_at, j.started_at, j.completed_at, j.devices_total, j.devices_succeeded, j.devices_failed,
      j.outcome_counts, j.answer
    from batch_jobs j
    join customers c on c.customer_id = j.customer_id
    left join device_batches b on b.device_batch_id = j.device_batch_id`;

function toPartnerJob(row: Row): PartnerJob {
  return {
    trackingId: row.batch_tracking_id,
    customerId: row.customer_id,
    customerName: row.company_name,
    kind: row.kind,
    status: row.status,
    batchId: row.batch_id ?? undefined,
    createdBy: row.created_by,
    createdAt: row.created_at,
    startedAt: row.started_at ?? undefined,
    completedAt: row.completed_at ?? undefined,
    devicesTotal: row.devices_total,
    counts: countsOf(row),
  };
}

/** A job that an earlier version finished is not counted yet. */
function countsOf({ answer, devices_succeeded, devices_failed, outcome_counts }: Row): OutcomeCounts {
  if (answer) return countOutcomes(readEarlierAnswer(answer).outcomes);
  return { succeeded: devices_succeeded ?? 0, failed: devices_failed ?? 0, byOutcome: outcome_counts ?? {} };
}
