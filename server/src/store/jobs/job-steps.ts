import sql, { type Sql } from 'sql-template-tag';
import type { Db } from '../database.ts';

/** The next devices of a job, with what became of them. */
export interface JobStep {
  readonly trackingId: string;
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
 * Part of a statement: locks the job, if it still is where the step begins. Whoever holds the lock alone may add
 * outcomes: two workers on one job cannot both count a device.
 */
export function lockJob(step: Pick<JobStep, 'trackingId' | 'first'>): Sql {
  return sql`select batch_tracking_id from batch_jobs
      where batch_tracking_id = ${step.trackingId} and answer is null and cardinality(outcomes) = ${step.first}::int
      for update`;
}

/** Part of a statement in which `job` is the locked job: its outcomes; at its end its answer, and the queue forgets it. */
export function recordOutcomes({ end, ...step }: JobStep): Sql {
  if (end === undefined)
    return sql`recorded as (
      update batch_jobs as j
      set status = 'processing', started_at = coalesce(started_at, ${step.startedAt}::timestamptz),
        outcomes = outcomes || ${[...step.outcomes]}::text[]
      from job where j.batch_tracking_id = job.batch_tracking_id
    )`;
  // What the job was made from is let go. A job that a queue's worker runs is locked there, and forgotten by that worker.
  return sql`recorded as (
      update batch_jobs as j
      set status = ${end.status}, started_at = ${step.startedAt}, completed_at = ${end.completedAt},
        answer = ${end.answer}, submission = null, outcomes = '{}'
      from job where j.batch_tracking_id = job.batch_tracking_id
    ), dequeued as (
      delete from graphile_worker._private_jobs as queued using job
      where queued.key = job.batch_tracking_id::text
    )`;
}

/** Records the outcomes of a step in the transaction that locked the job and changed the devices. */
export async function recordJobStep(tx: Db, step: JobStep): Promise<void> {
  await tx.query(sql`
    with job as (
      ${lockJob(step)}
    ), ${recordOutcomes(step)}
    select from job`);
}
