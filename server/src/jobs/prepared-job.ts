import type { Context } from '../registry/context.ts';
import type { DeviceOutcome } from '../registrars/registrar.ts';
import type { BatchJobToProcess } from '../store/jobs/batch-job-progress.ts';
import type { JobDevice } from '../store/jobs/batch-jobs.ts';
import type { JobStep } from '../store/jobs/job-steps.ts';

/** Looks at everything a kind of job needs to know, and changes nothing. */
export type PrepareJob = (ctx: Context, job: JobToPrepare) => Promise<PreparedJob>;

/** A job that need not be stored yet. */
export type JobToPrepare = Omit<BatchJobToProcess, 'deviceBatchId'>;

/** A job, ready to do its devices step by step. */
export interface PreparedJob {
  /** The job's devices with all that is to be told of them. */
  readonly devices: readonly JobDevice[];
  /**
   * Does the devices of a range and records it, all of it or nothing. `toStep` makes of their outcomes, in order, what
   * is to be recorded. Throws DecisionOutdated when the job is not at this range any more, or the world has changed.
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

/** What was looked at has changed since: prepare again. */
export class DecisionOutdated extends Error {}
