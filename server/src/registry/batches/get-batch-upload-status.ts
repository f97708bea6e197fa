import { WireError, parseGuid } from '@muster/contract';
import type { Context } from '../context.ts';
import { findBatchJobStatus } from '../../store/jobs/batch-job-status.ts';
import { describeBatchJob } from './describe-batch-job.ts';

/** A job of a few devices ends within milliseconds: waiting for it saves the client a second read, and the database one. */
const endWaitMs = 20;

/**
 * The status of a batch job as JSON bytes: of a finished job the very bytes stored when it finished.
 * Throws BatchJobNotFound, also for another customer's job and for an id that is no GUID.
 */
export async function getBatchUploadStatus(
  ctx: Context,
  request: { customerId: string; trackingId: string },
): Promise<Buffer> {
  const trackingId = parseGuid(request.trackingId);
  if (trackingId) await ctx.localJobs.untilEnd(trackingId, endWaitMs);
  const remembered = trackingId && ctx.answers.find(trackingId, request.customerId);
  if (remembered) return typeof remembered === 'string' ? Buffer.from(remembered, 'latin1') : remembered;
  const found = trackingId && (await findBatchJobStatus(ctx.db, { ...request, trackingId }));
  if (!found) throw new WireError('BatchJobNotFound', { trackingId: request.trackingId.slice(0, 64) });
  if (!found.answer) return Buffer.from(JSON.stringify(describeBatchJob(found.job)));
  ctx.answers.remember(trackingId, request.customerId, found.answer);
  return found.answer;
}
