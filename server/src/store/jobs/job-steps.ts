import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../database.ts';
import type { JobLease } from './job-leases.ts';

/** The next devices of a job, with what became of them. */
export interface JobStep extends JobLease {
  /** How many devices of the job had an outcome before. */
  readonly first: number;
  /** The outcomes of the devices from there on, in the order submitted. */
  readonly outcomes: readonly string[];
  readonly startedAt: Date;
  /** With the last devices: how the job ends, and its status from here on as it goes out. */
  readonly end?: JobEnd | undefined;
}

/** What is fixed when a job ends. */
export interface JobEnd {
  readonly status: 'finished' | 'finished_with_errors';
  readonly completedAt: Date;
  readonly answer: Buffer;
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

/** Part of a statement in which `job` is the locked job: its outcomes, and at its end its answer. */
export function recordOutcomes({ end, ...step }: JobStep): Sql {
  if (end === undefined)
    return sql`recorded as (
      update batch_jobs as j
      set status = 'processing', started_at = coalesce(started_at, ${step.startedAt}::timestamptz),
        outcomes = outcomes || ${[...step.outcomes]}::text[]
      from job where j.batch_tracking_id = job.batch_tracking_id
    )`;
  // What the job was made from is no longer needed.
  return sql`recorded as (
      update batch_jobs as j
      set status = ${end.status}, started_at = ${step.startedAt}, completed_at = ${end.completedAt},
        answer = ${end.answer}, submission = null, outcomes = '{}', lease_id = null
      from job where j.batch_tracking_id = job.batch_tracking_id
    )`;
}

/** Locks a job until the transaction ends. False when the lease was lost, or the job is not at this device any more. */
export async function lockJobAt(tx: Db, step: JobLease & { readonly first: number }): Promise<boolean> {
  return (await tx.query(lockJob(step))).length === 1;
}

/** Records the outcomes of a step in the transaction that locked the job and changed the devices. */
export async function recordJobStep(tx: Db, step: JobStep): Promise<void> {
  await tx.query(sql`
    with job as (
      ${lockJob(step)}
    ), ${recordOutcomes(step)}
    select from job`);
}
