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
 * A batch job with its devices and their outcomes so far. Throws `batch-job-not-found`, also for another customer's job and
 * for an id that is no GUID.
 */
export async function getBatchJob(ctx: Context, request: BatchJobRequest): Promise<BatchJob> {
  const job = await getBatchJobIfChanged(ctx, request);
  if (!job) throw new Error('A job that nobody has seen cannot be unchanged.');
  return job;
}

/** The same; undefined when the job still is where it was last seen. */
export async function getBatchJobIfChanged(
  ctx: Context,
  request: BatchJobRequest,
  lastSeen?: JobProgress,
): Promise<BatchJob | undefined> {
  const trackingId = parseGuid(request.trackingId);
  const job = trackingId && (await findBatchJob(ctx.db, { ...request, trackingId }, lastSeen));
  if (!job) throw new RegistryError({ kind: 'batch-job-not-found', trackingId: request.trackingId });
  return job === 'unchanged' ? undefined : job;
}
