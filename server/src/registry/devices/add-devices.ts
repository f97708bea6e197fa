import { newUpload } from '../batches/new-batch-job.ts';
import { getReplayedJob, type Call } from '../call.ts';
import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import { insertJobForBatch } from '../../store/jobs/batch-jobs.ts';
import type { ParsedUpload } from './parse-devices.ts';

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
