import type { Context } from '../registry/context.ts';
import { describeBatchJob } from '../registry/batches/describe-batch-job.ts';
import {
  findUnfinishedBatchJob,
  lockBatchJob,
  type BatchJobToProcess,
} from '../store/jobs/batch-job-progress.ts';
import type { BatchJobKind } from '../store/jobs/batch-jobs.ts';
import { devicesPolicyExists } from '../store/registry/configuration-policies.ts';
import { breaksConstraint, isLostRace } from '../store/database-faults.ts';
import { deleteHardwareHashes } from '../store/registry/devices.ts';
import { recordJobStep, type JobEnd } from '../store/jobs/job-steps.ts';
import { DecisionOutdated, type JobToPrepare, type PrepareJob, type PreparedJob } from './prepared-job.ts';
import { prepareRegistration } from './register-devices.ts';
import { preparePolicyUpdate } from './update-policies.ts';

/** So many devices get their outcome in one transaction: the step in which progress moves. */
const devicesPerStep = 250;

const prepare: Readonly<Record<BatchJobKind, PrepareJob>> = {
  register_devices: prepareRegistration,
  update_policies: preparePolicyUpdate,
};

/** Looks at what a job needs to know, which can be done while it is being stored. */
export function prepareBatchJob(ctx: Context, job: JobToPrepare): Promise<PreparedJob> {
  return prepare[job.kind](ctx, job);
}

/** A job that was just stored, for whoever has it at hand. */
export interface AcceptedJobToProcess {
  readonly job: BatchJobToProcess;
  readonly preparing: Promise<PreparedJob>;
}

/**
 * Runs one batch job to its end, from wherever an earlier run left it. Does nothing for a job that is finished.
 * Every step commits what was done to devices and their outcomes together, so a crash loses at most the step it hit.
 * Returns the job's answer when this run
 * ended it.
 */
export async function processBatchJob(
  ctx: Context,
  trackingId: string,
  accepted?: AcceptedJobToProcess,
): Promise<Buffer | undefined> {
  let job = accepted?.job ?? (await findUnfinishedBatchJob(ctx.db, trackingId));
  let preparing = accepted?.preparing;
  while (job) {
    try {
      return await takeSteps(ctx, job, await (preparing ?? prepareBatchJob(ctx, job)));
    } catch (error) {
      if (!isOutdated(error)) throw error;
    }
    preparing = undefined;
    job = await findUnfinishedBatchJob(ctx.db, trackingId);
  }
  return undefined;
}

/** Something moved under the job: looking again and deciding again is all it takes. */
function isOutdated(error: unknown): boolean {
  return (
    error instanceof DecisionOutdated || isLostRace(error) || breaksConstraint(error, devicesPolicyExists)
  );
}

async function takeSteps(
  ctx: Context,
  job: BatchJobToProcess,
  prepared: PreparedJob,
): Promise<Buffer | undefined> {
  const { trackingId, deviceBatchId } = job;
  const startedAt = job.startedAt ?? ctx.now();
  const outcomes = [...job.outcomes];
  for (;;) {
    const first = outcomes.length;
    const next = Math.min(first + devicesPerStep, prepared.devices.length);
    let end: JobEnd | undefined;
    await prepared.take({ first, next }, (added) => {
      outcomes.push(...added);
      if (next === prepared.devices.length)
        end = endOf(ctx, { ...job, ...prepared, status: 'finished', startedAt, outcomes });
      return { trackingId, deviceBatchId, first, outcomes: added, startedAt, end };
    });
    if (end) return end.answer;
  }
}

function endOf(ctx: Context, job: BatchJobToProcess & { status: JobEnd['status'] }): JobEnd {
  const completedAt = ctx.now();
  const answer = Buffer.from(JSON.stringify(describeBatchJob({ ...job, completedAt })));
  return { status: job.status, completedAt, answer };
}

/**
 * Ends a job that keeps breaking: its devices without an outcome get `StorageError`, which is worth another upload.
 * What was done before stays done.
 */
export async function abandonBatchJob(ctx: Context, trackingId: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if ((await lockBatchJob(tx, trackingId)) === undefined) return;
    const job = await findUnfinishedBatchJob(tx, trackingId);
    if (!job) return;
    const first = job.outcomes.length;
    const lost = job.devices.slice(first);
    // The devices of a policy update are registered ones: their hashes stay.
    if (job.kind === 'register_devices')
      await deleteHardwareHashes(
        tx,
        lost.map((device) => device.deviceId),
      );
    const startedAt = job.startedAt ?? ctx.now();
    const added = lost.map(() => 'StorageError');
    const outcomes = [...job.outcomes, ...added];
    const end = endOf(ctx, { ...job, startedAt, status: 'finished_with_errors', outcomes });
    await recordJobStep(tx, { trackingId, first, outcomes: added, startedAt, end });
  });
}
