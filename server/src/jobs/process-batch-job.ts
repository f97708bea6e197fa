import type { Context } from '../context.ts';
import { describeBatchJob } from '../operations/describe-batch-job.ts';
import {
  findUnfinishedBatchJob,
  finishBatchJob,
  lockBatchJob,
  updateBatchJobOutcomes,
  type BatchJobToProcess,
} from '../store/batch-job-progress.ts';
import type { BatchJobKind } from '../store/batch-jobs.ts';
import { devicesPolicyExists } from '../store/configuration-policies.ts';
import type { Db } from '../store/database.ts';
import { breaksConstraint, isLostRace } from '../store/database-faults.ts';
import { deleteHardwareHashes } from '../store/devices.ts';
import { DecisionOutdated, type PrepareJob, type PreparedJob } from './prepared-job.ts';
import { prepareRegistration } from './register-devices.ts';
import { preparePolicyUpdate } from './update-policies.ts';

/** So many devices get their outcome in one transaction: the step in which progress moves. */
const devicesPerStep = 250;

const prepare: Readonly<Record<BatchJobKind, PrepareJob>> = {
  register_devices: prepareRegistration,
  update_policies: preparePolicyUpdate,
};

/**
 * Runs one batch job to its end, from wherever an earlier run left it. Does nothing for a job that is finished.
 * Every step commits what was done to devices and their outcomes together, so a crash loses at most the step it hit.
 */
export async function processBatchJob(ctx: Context, trackingId: string): Promise<void> {
  for (;;) {
    const job = await findUnfinishedBatchJob(ctx.db, trackingId);
    if (!job) return;
    try {
      return await takeSteps(ctx, job, await prepare[job.kind](ctx, job));
    } catch (error) {
      if (!isOutdated(error)) throw error;
    }
  }
}

/** Something moved under the job: looking again and deciding again is all it takes. */
function isOutdated(error: unknown): boolean {
  return (
    error instanceof DecisionOutdated || isLostRace(error) || breaksConstraint(error, devicesPolicyExists)
  );
}

async function takeSteps(ctx: Context, job: BatchJobToProcess, prepared: PreparedJob): Promise<void> {
  const progress: Progress = { outcomes: [...job.outcomes], startedAt: job.startedAt ?? ctx.now() };
  let isDone = false;
  while (!isDone) isDone = await ctx.db.transaction((tx) => takeStep(ctx, tx, { job, prepared, progress }));
}

interface Progress {
  readonly outcomes: string[];
  readonly startedAt: Date;
}

/** Does the next devices and records their outcomes; with the last ones, the job's answer. True when the job is finished. */
async function takeStep(
  ctx: Context,
  tx: Db,
  { job, prepared, progress }: { job: BatchJobToProcess; prepared: PreparedJob; progress: Progress },
): Promise<boolean> {
  const { outcomes, startedAt } = progress;
  const first = outcomes.length;
  const processed = await lockBatchJob(tx, job.trackingId);
  if (processed === undefined) return true;
  // Another worker is at this job too: go on from where it is.
  if (processed !== first) throw new DecisionOutdated();
  const next = Math.min(first + devicesPerStep, job.devices.length);
  const added = await prepared.work(tx, { first, next });
  outcomes.push(...added);
  if (next < job.devices.length) {
    await updateBatchJobOutcomes(tx, { trackingId: job.trackingId, outcomes: added, startedAt });
    return false;
  }
  await finish(ctx, tx, { ...job, devices: prepared.devices, startedAt, status: 'finished', outcomes });
  return true;
}

async function finish(
  ctx: Context,
  tx: Db,
  job: BatchJobToProcess & { startedAt: Date; status: 'finished' | 'finished_with_errors' },
): Promise<void> {
  const completedAt = ctx.now();
  const answer = Buffer.from(JSON.stringify(describeBatchJob({ ...job, completedAt })));
  await finishBatchJob(tx, {
    trackingId: job.trackingId,
    status: job.status,
    startedAt: job.startedAt,
    completedAt,
    answer,
  });
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
    const lost = job.devices.slice(job.outcomes.length);
    // The devices of a policy update are registered ones: their hashes stay.
    if (job.kind === 'register_devices')
      await deleteHardwareHashes(
        tx,
        lost.map((device) => device.deviceId),
      );
    await finish(ctx, tx, {
      ...job,
      startedAt: job.startedAt ?? ctx.now(),
      status: 'finished_with_errors',
      outcomes: [...job.outcomes, ...lost.map(() => 'StorageError')],
    });
  });
}
