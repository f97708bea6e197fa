import type { Context } from '../context.ts';
import { describeBatchJob } from '../operations/describe-batch-job.ts';
import type { DeviceOutcome, Upload } from '../registrar/registrar.ts';
import {
  findUnfinishedBatchJob,
  finishBatchJob,
  lockBatchJob,
  updateBatchJobOutcomes,
  type BatchJobToProcess,
} from '../store/batch-job-progress.ts';
import type { Db } from '../store/database.ts';
import { isLostRace } from '../store/database-faults.ts';
import { deleteHardwareHashes } from '../store/devices.ts';

/** So many devices get their outcome in one transaction: the step in which progress moves. */
const devicesPerStep = 250;

/** Another upload took one of the devices since the decision. */
class DecisionOutdated extends Error {}

/**
 * Runs one batch job to its end, from wherever an earlier run left it. Does nothing for a job that is finished.
 * Every step commits devices and outcomes together, so a crash loses at most the step it hit.
 */
export async function processBatchJob(ctx: Context, trackingId: string): Promise<void> {
  for (;;) {
    const job = await findUnfinishedBatchJob(ctx.db, trackingId);
    if (!job) return;
    try {
      return await registerDevices(ctx, job);
    } catch (error) {
      if (!(error instanceof DecisionOutdated) && !isLostRace(error)) throw error;
    }
  }
}

async function registerDevices(ctx: Context, job: BatchJobToProcess): Promise<void> {
  const upload = toUpload(job);
  const outcomes = await ctx.registrar.decide(ctx.db, upload);
  const startedAt = job.startedAt ?? ctx.now();
  for (let first = job.outcomes.length; first < job.devices.length; first += devicesPerStep) {
    const isDone = await ctx.db.transaction((tx) =>
      step(ctx, tx, { job, upload, outcomes, first, startedAt }),
    );
    if (isDone) return;
  }
}

interface Step {
  readonly job: BatchJobToProcess;
  readonly upload: Upload;
  readonly outcomes: readonly DeviceOutcome[];
  readonly first: number;
  readonly startedAt: Date;
}

/** Records the next devices and their outcomes; with the last ones, the job's answer. True when the job is finished. */
async function step(
  ctx: Context,
  tx: Db,
  { job, upload, outcomes, first, startedAt }: Step,
): Promise<boolean> {
  const processed = await lockBatchJob(tx, job.trackingId);
  if (processed === undefined) return true;
  // Another worker is at this job too: go on from where it is.
  if (processed !== first) throw new DecisionOutdated();
  const next = Math.min(first + devicesPerStep, job.devices.length);
  const registered = job.devices
    .slice(first, next)
    .filter((_, index) => outcomes[first + index] === 'registered');
  const refused = job.devices
    .slice(first, next)
    .filter((_, index) => outcomes[first + index] !== 'registered');
  if (!(await ctx.registrar.record(tx, upload, registered))) throw new DecisionOutdated();
  if (refused.length > 0)
    await deleteHardwareHashes(
      tx,
      refused.map((device) => device.deviceId),
    );
  if (next < job.devices.length) {
    await updateBatchJobOutcomes(tx, {
      trackingId: job.trackingId,
      outcomes: outcomes.slice(first, next),
      startedAt,
    });
    return false;
  }
  await finish(ctx, tx, { ...job, startedAt, status: 'finished', outcomes });
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
 * What was registered before stays registered.
 */
export async function abandonBatchJob(ctx: Context, trackingId: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if ((await lockBatchJob(tx, trackingId)) === undefined) return;
    const job = await findUnfinishedBatchJob(tx, trackingId);
    if (!job) return;
    const lost = job.devices.slice(job.outcomes.length);
    const outcomes = [...job.outcomes, ...lost.map(() => 'StorageError')];
    await deleteHardwareHashes(
      tx,
      lost.map((device) => device.deviceId),
    );
    await finish(ctx, tx, {
      ...job,
      startedAt: job.startedAt ?? ctx.now(),
      status: 'finished_with_errors',
      outcomes,
    });
  });
}

function toUpload(job: BatchJobToProcess): Upload {
  if (job.deviceBatchId === null) throw new Error(`Job ${job.trackingId} registers devices in no batch.`);
  return {
    customerId: job.customerId,
    deviceBatchId: job.deviceBatchId,
    uploadedAt: job.createdAt,
    devices: job.devices,
    settled: job.outcomes as readonly DeviceOutcome[],
  };
}
