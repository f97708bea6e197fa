import type { Context } from '../registry/context.ts';
import type { DeviceOutcome } from '../registrars/registrar.ts';
import type { SubmittedDevice } from '../store/jobs/batch-jobs.ts';
import type { BatchJobToProcess } from '../store/jobs/find-batch-job.ts';
import type { JobStep } from '../store/jobs/job-steps.ts';

/** Looks up everything a kind of job needs to know, and changes nothing. */
export type PlanJob = (ctx: Context, job: JobToPlan) => Promise<PlannedJob>;

/** A job that may not be stored yet. */
export type JobToPlan = Omit<BatchJobToProcess, 'deviceBatchId'>;

/** A job, ready to process its devices step by step. */
export interface PlannedJob {
  /** The job's devices with their names, where they were submitted without: stored when the job ends. */
  readonly named?: readonly SubmittedDevice[];
  /**
   * Processes the devices of a range and records that, all of it or nothing. `toStep` makes of their outcomes, in
   * order, what is to be recorded. Throws PlanOutdated when the job is no longer at this range or under this lease, or
   * when something that was looked up has changed.
   */
  take(range: DeviceRange, toStep: (outcomes: readonly DeviceOutcome[]) => StepOfBatch): Promise<void>;
}

/** A step of a job, and the batch it registers devices in, if it does. */
export interface StepOfBatch extends JobStep {
  readonly deviceBatchId: string | null;
}

/** Devices of a job, by their positions in it. `next` is the first one after them. */
export interface DeviceRange {
  readonly first: number;
  readonly next: number;
}

/** Something that was looked up has changed, so the job must be planned again. */
export class PlanOutdated extends Error {}
