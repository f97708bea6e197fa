import sql, { empty, type Sql } from 'sql-template-tag';
import type { Db } from '../database.ts';
import { recordEvent } from '../events/record-event.ts';
import { writeSubmission, type SubmittedDevice } from './batch-jobs.ts';
import { announceEnd } from './job-ends.ts';
import { leaseEnd, type JobLease } from './job-leases.ts';

/** The next devices of a job, with their outcomes. */
export interface JobStep extends JobLease {
  /** How many devices of the job had an outcome before. */
  readonly first: number;
  /** The outcomes of the devices from there on, in the order submitted. */
  readonly outcomes: readonly string[];
  /** All outcomes of the job so far, these included. */
  readonly counts: OutcomeCounts;
  readonly startedAt: Date;
  /** With the last devices: how the job ends. */
  readonly end?: JobEnd | undefined;
}

/** What is fixed when a job ends. */
export interface JobEnd {
  readonly status: 'finished' | 'finished_with_errors';
  readonly completedAt: Date;
  /** The devices, where the job has learned more of them than was submitted. */
  readonly devices?: readonly SubmittedDevice[] | undefined;
}

/** How many devices of a job have an outcome. */
export interface OutcomeCounts {
  readonly succeeded: number;
  readonly failed: number;
  /** By the name of the outcome. */
  readonly byOutcome: Readonly<Record<string, number>>;
}

/** Counts the outcomes of a job. */
export function countOutcomes(outcomes: readonly string[]): OutcomeCounts {
  const byOutcome: Record<string, number> = {};
  for (const outcome of outcomes) byOutcome[outcome] = (byOutcome[outcome] ?? 0) + 1;
  const succeeded = byOutcome.succeeded ?? 0;
  return { succeeded, failed: outcomes.length - succeeded, byOutcome };
}

/**
 * Part of a statement: locks the job, if the lease still holds and the job still is where the step begins. A node that
 * was frozen and wakes finds its lease taken, and writes nothing; two workers on one job cannot both count a device.
 */
export function lockJob(step: JobLease & { readonly first: number }): Sql {
  return sql`select batch_tracking_id from batch_jobs
      where batch_tracking_id = ${step.trackingId} and lease_id = ${step.leaseId}::uuid and completed_at is null
        and cardinality(outcomes) = ${step.first}::int
      for update`;
}

/**
 * Part of a statement in which `job` is the locked job: records its outcomes. At its end the identity keys go, and what
 * was submitted stays as it was written at upload; whoever waits for the end is told, and so is the partner. Attempts are counted anew and the
 * lease is renewed: the job got further.
 */
export function recordOutcomes({ outcomes, counts, startedAt, end }: JobStep): Sql {
  const isEnd = end !== undefined;
  return sql`recorded as (
      update batch_jobs as j
      set status = ${end?.status ?? 'processing'}, started_at = coalesce(started_at, ${startedAt}::timestamptz),
        completed_at = ${end?.completedAt ?? null}::timestamptz, outcomes = outcomes || ${[...outcomes]}::text[],
        devices_succeeded = ${counts.succeeded}::int, devices_failed = ${counts.failed}::int,
        outcome_counts = ${JSON.stringify(counts.byOutcome)}::jsonb,
        submission = coalesce(${end?.devices ? writeSubmission(end.devices) : null}::json, submission),
        identity_keys = case when ${isEnd}::boolean then null else identity_keys end,
        lease_id = case when ${isEnd}::boolean then null else lease_id end,
        attempts = case when ${isEnd}::boolean then attempts else 1 end,
        due_at = case when ${isEnd}::boolean then due_at else ${leaseEnd} end
      from job where j.batch_tracking_id = job.batch_tracking_id${isEnd ? returnEnded : empty}
    )${isEnd ? sql`, ${recordEvent(jobEnded)}` : empty}`;
}

const returnEnded = sql`
      returning j.batch_tracking_id, j.customer_id, j.kind, j.device_batch_id, j.status, j.completed_at, j.devices_total,
        j.devices_succeeded, j.devices_failed, ${announceEnd} as announced`;

/** What partners are told of the end of a job, in a statement in which `recorded` is the job. */
const jobEnded = sql`
        select c.partner_id, case r.status when 'finished' then 'batch_job.finished' else 'batch_job.broken' end as event_type,
          r.completed_at as occurred_at,
          jsonb_strip_nulls(jsonb_build_object('customerId', r.customer_id, 'trackingId', r.batch_tracking_id,
            'kind', r.kind, 'state', r.status, 'batchId', b.batch_id, 'devices', jsonb_build_object('total', r.devices_total, 'succeeded', r.devices_succeeded,
              'failed', r.devices_failed))) as data
        from recorded as r join customers as c using (customer_id)
        left join device_batches as b on b.device_batch_id = r.device_batch_id`;

/**
 * Locks a job until the transaction ends, and names it as the one that changes devices in it. False when the lease was
 * lost, or the job is not at this device any more.
 */
export async function lockJobAt(tx: Db, step: JobLease & { readonly first: number }): Promise<boolean> {
  const rows = await tx.query(sql`
    with job as (
      ${lockJob(step)}
    )
    select set_config('muster.job', batch_tracking_id::text, true) from job`);
  return rows.length === 1;
}

/** Records the outcomes of a step in the transaction that locked the job and changed the devices. */
export async function recordJobStep(tx: Db, step: JobStep): Promise<void> {
  await tx.query(sql`
    with job as (
      ${lockJob(step)}
    ), ${recordOutcomes(step)}
    select from job`);
}
