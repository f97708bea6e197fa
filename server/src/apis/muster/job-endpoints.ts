import { deviceOutcomes, isDeviceFailure } from '@muster/contract';
import type { Job } from '@muster/contract/muster/job';
import { getJob } from '../../registry/jobs/read-jobs.ts';
import type { PartnerJob } from '../../store/jobs/partner-jobs.ts';
import { musterEndpoint } from './muster-endpoint.ts';

/** Jobs of all the partner's customers. */
export const jobEndpoints = {
  /** GET jobs/{t} */
  getJob: musterEndpoint('getJob', async ({ ctx, caller, params }) =>
    describeJob(await getJob(ctx, { partnerId: caller.partnerId, trackingId: params.trackingId ?? '' })),
  ),
};

/** A job in the shape of the contract: members without a value are absent. */
function describeJob(job: PartnerJob): Job {
  const { trackingId, customerId, customerName, kind, status, batchId, createdBy, counts, devicesTotal } =
    job;
  const { succeeded, failed, byOutcome } = counts;
  return {
    trackingId,
    customerId,
    customerName,
    kind,
    state: status,
    ...(batchId !== undefined && { batchId }),
    createdBy,
    createdAt: job.createdAt.toISOString(),
    ...(job.startedAt && { startedAt: job.startedAt.toISOString() }),
    ...(job.completedAt && { completedAt: job.completedAt.toISOString() }),
    devices: { total: devicesTotal, succeeded, failed, pending: devicesTotal - succeeded - failed },
    outcomes: Object.entries(byOutcome)
      .map(([outcome, count]) => ({ outcome, ...describeCode(outcome), count }))
      .toSorted((one, other) => other.count - one.count || (one.outcome < other.outcome ? -1 : 1)),
  };
}

function describeCode(outcome: string): { errorCode?: string } {
  const errorCode = isDeviceFailure(outcome) ? deviceOutcomes[outcome].errorCode : undefined;
  return errorCode === undefined ? {} : { errorCode };
}
