import type { Context } from '../context.ts';
import { insertJobForBatch } from '../../store/jobs/batch-jobs.ts';
import { batchNotFound } from '../batches/batch-not-found.ts';
import { getAnswer, type Call } from '../call.ts';
import { newUpload } from '../batches/new-batch-job.ts';
import type { PreparedUpload } from './parse-devices.ts';

/**
 * Queues devices for registration in an existing batch. Returns the batch tracking id; the first one again when this
 * very call was accepted before. Throws BatchNotFound.
 */
export async function addDevices(
  ctx: Context,
  call: Call,
  request: { batchId: string; upload: PreparedUpload },
): Promise<string> {
  const job = newUpload(ctx, call, request);
  const result = await ctx.localJobs.accept(job, (leased) => insertJobForBatch(ctx.db, leased));
  if (result === 'no-batch') throw batchNotFound(request.batchId);
  return result === 'replay' ? getAnswer(ctx, call) : job.trackingId;
}
