import { WireError } from '@muster/contract';
import type { Context } from '../context.ts';
import { insertDeviceBatchWithJob } from '../../store/jobs/batch-jobs.ts';
import { findAnswer, type Call } from '../call.ts';
import { checkBatchId } from './check-batch-id.ts';
import { newUpload } from './new-batch-job.ts';
import type { PreparedUpload } from '../devices/parse-devices.ts';

/**
 * Creates a device batch and queues its first devices for registration. Returns the batch tracking id; the first one
 * again when this very call was accepted before. Throws BatchExists, and InvalidInput for an id that no path can hold.
 */
export async function createDeviceBatch(
  ctx: Context,
  call: Call,
  request: { batchId: string; upload: PreparedUpload },
): Promise<string> {
  checkBatchId(request.batchId);
  const job = newUpload(ctx, call, request);
  const accepted = await ctx.localJobs.accept(job, (leased) => insertDeviceBatchWithJob(ctx.db, leased));
  if (accepted) return job.trackingId;
  const answer = await findAnswer(ctx, call);
  if (answer === undefined)
    throw new WireError('BatchExists', { batchId: request.batchId, member: 'batchId' });
  return answer;
}
