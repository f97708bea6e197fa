import { type Call, findReplayedJob, getReplayedJob } from '../call.ts';
import type { Context } from '../context.ts';
import type { ParsedUpload } from '../devices/parse-devices.ts';
import { RegistryError } from '../registry-error.ts';
import { insertDeviceBatchWithJob, insertJobForBatch } from '../../store/jobs/batch-jobs.ts';
import { newUpload } from './new-batch-job.ts';

/**
 * Creates a device batch and queues its first devices for registration. Returns the batch tracking id; the first one
 * again when this very call was accepted before. Throws `batch-id-unusable` and `batch-exists`.
 */
export async function createDeviceBatch(
  ctx: Context,
  call: Call,
  request: { batchId: string; upload: ParsedUpload },
): Promise<string> {
  const { batchId } = request;
  checkBatchId(batchId);
  const job = newUpload(ctx, call, request);
  const accepted = await ctx.localJobs.accept(job, (leased) => insertDeviceBatchWithJob(ctx.db, leased));
  if (accepted) return job.trackingId;
  const trackingId = await findReplayedJob(ctx, call);
  if (trackingId === undefined) throw new RegistryError({ kind: 'batch-exists', batchId });
  return trackingId;
}

/** A batch id is a part of paths: nobody could reach a blank one, and clients resolve dots before they send a path. Throws `batch-id-unusable`. */
export function checkBatchId(batchId: string): void {
  if (batchId.trim() === '') throw new RegistryError({ kind: 'batch-id-unusable', problem: 'blank' });
  if (batchId === '.' || batchId === '..')
    throw new RegistryError({ kind: 'batch-id-unusable', problem: 'dots' });
}

/**
 * Queues devices for registration in an existing batch. Returns the batch tracking id; the first one again when this
 * very call was accepted before. Throws `batch-not-found`.
 */
export async function addDevices(
  ctx: Context,
  call: Call,
  request: { batchId: string; upload: ParsedUpload },
): Promise<string> {
  const job = newUpload(ctx, call, request);
  const result = await ctx.localJobs.accept(job, (leased) => insertJobForBatch(ctx.db, leased));
  if (result === 'no-batch') throw new RegistryError({ kind: 'batch-not-found', batchId: request.batchId });
  return result === 'replay' ? getReplayedJob(ctx, call) : job.trackingId;
}
