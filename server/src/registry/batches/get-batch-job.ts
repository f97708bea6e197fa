import { parseGuid } from '@muster/contract/guid';
import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import type { BatchJob } from '../../store/jobs/batch-jobs.ts';
import { findBatchJob } from '../../store/jobs/find-batch-job.ts';

/**
 * A batch job with its devices and their outcomes so far. Throws `batch-job-not-found`, also for another customer's job and
 * for an id that is no GUID.
 */
export async function getBatchJob(
  ctx: Context,
  request: { customerId: string; trackingId: string },
): Promise<BatchJob> {
  const trackingId = parseGuid(request.trackingId);
  const job = trackingId && (await findBatchJob(ctx.db, { ...request, trackingId }));
  if (!job) throw new RegistryError({ kind: 'batch-job-not-found', trackingId: request.trackingId });
  return job;
}
