import type { Context } from '../registry/context.ts';
import type { Log } from '../store/log.ts';
import type { RunAcceptedJob } from '../cache/local-jobs.ts';
import { readDevices, type NewBatchJob } from '../store/jobs/batch-jobs.ts';
import { loggedJob } from './logged-job.ts';
import { prepareBatchJob, processBatchJob } from './process-batch-job.ts';

/** What a job is before anything was done. */
const newlyQueued = { status: 'queued', startedAt: null, completedAt: null, outcomes: [] } as const;

/**
 * Begins with a job of this node's own upload while it is being stored. When it fails, the queue has it tried again, by
 * whoever is free.
 */
export function prepareOwnJob(ctx: Context, log: Log, accepted: NewBatchJob): RunAcceptedJob {
  const { trackingId, customerId, kind, createdAt } = accepted;
  const devices = readDevices(accepted.devices);
  // Member by member: the hash bytes of the upload are not to be kept while the job runs.
  const queued = { ...newlyQueued, trackingId, customerId, kind, devices, createdAt };
  const preparing = prepareBatchJob(ctx, queued);
  // What went wrong is told when the job runs; it may never.
  preparing.catch(() => {});
  return async ({ deviceBatchId }) => {
    const own = { job: { ...queued, deviceBatchId }, preparing };
    try {
      const answer = await loggedJob(log, { trackingId, attempt: 1 }, () =>
        processBatchJob(ctx, trackingId, own),
      );
      // Whoever uploaded here is likely to ask here.
      if (answer) ctx.answers.remember(trackingId, customerId, answer);
      return true;
    } catch {
      return false;
    }
  };
}
