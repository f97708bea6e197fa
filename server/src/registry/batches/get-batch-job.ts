import { parseGuid } from '@muster/contract/guid';
import type { JobProgress } from '../../cache/status-reads.ts';
import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import type { BatchJob } from '../../store/jobs/batch-jobs.ts';
import { findBatchJob } from '../../store/jobs/find-batch-job.ts';

interface BatchJobRequest {
  readonly customerId: string;
  readonly trackingId: string;
}

/**
 * A batch job with its devices and their outcomes so far; undefined when it still is where it was last seen. Throws
 * `batch-job-not-found`, also for another customer's job and for an id that is no GUID.
 */
export async function getBatchJob(
  ctx: Context,
  request: BatchJobRequest,
  lastSeen?: JobProgress,
): Promise<BatchJob | undefined> {
  const trackingId = parseGuid(request.trackingId);
  const job = trackingId && (await findBatchJob(ctx.db, { ...request, trackingId }, lastSeen));
  if (!job) throw new RegistryError({ kind: 'batch-job-not-found', trackingId: request.trackingId });
  return job === 'unchanged' ? undefined : job;
}
