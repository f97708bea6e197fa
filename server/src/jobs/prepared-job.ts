import type { Context } from '../context.ts';
import type { DeviceOutcome } from '../registrar/registrar.ts';
import type { BatchJobToProcess } from '../store/batch-job-progress.ts';
import type { JobDevice } from '../store/batch-jobs.ts';
import type { Db } from '../store/database.ts';

/** Looks at everything a kind of job needs to know, and changes nothing. */
export type PrepareJob = (ctx: Context, job: BatchJobToProcess) => Promise<PreparedJob>;

/** A job, ready to do its devices step by step. */
export interface PreparedJob {
  /** The job's devices with all that is to be told of them. */
  readonly devices: readonly JobDevice[];
  /** Does the devices from `first` up to `next` in a transaction; gives their outcomes in order. */
  work(tx: Db, range: { first: number; next: number }): Promise<readonly DeviceOutcome[]>;
}

/** What was looked at has changed since: prepare again. */
export class DecisionOutdated extends Error {}
