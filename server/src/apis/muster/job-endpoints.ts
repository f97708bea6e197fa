import { deviceOutcomes, isDeviceFailure, parseGuid, type Locale } from '@muster/contract';
import type { Job, JobDevice } from '@muster/contract/muster/job';
import {
  getJob,
  listJobDevices,
  listJobs,
  type JobDevice as ReadDevice,
  type OutcomeFilter,
} from '../../registry/jobs/read-jobs.ts';
import type { PartnerJob } from '../../store/jobs/partner-jobs.ts';
import { invalidInput } from '../partner-center/registry-faults.ts';
import { readAwaitedJob } from '../read-awaited-job.ts';
import { musterEndpoint, pageOf, toListPage } from './muster-endpoint.ts';

/** Jobs of all the partner's customers. */
export const jobEndpoints = {
  /** GET jobs */
  listJobs: musterEndpoint('listJobs', async (call) => {
    const { customerId, batchId, state, hasFailures, since } = call.query;
    const filter = {
      partnerId: call.caller.partnerId,
      customerId: parseGuid(customerId),
      batchId,
      status: state,
      hasFailures,
      since: since === undefined ? undefined : new Date(since),
    };
    return toListPage(await listJobs(call.ctx, filter, pageOf(call)), describeJob);
  }),

  /** GET jobs/{t} */
  getJob: musterEndpoint('getJob', async ({ params, ...call }) => {
    const { partnerId } = call.caller;
    const { trackingId = '' } = params;
    const job = await readAwaitedJob({
      ...call,
      trackingId: parseGuid(trackingId),
      partnerId,
      read: () => getJob(call.ctx, { partnerId, trackingId }),
      hasEnded: ({ status }) => status.startsWith('finished'),
    });
    return describeJob(job);
  }),

  /** GET jobs/{t}/devices */
  listJobDevices: musterEndpoint('listJobDevices', async (call) => {
    const { ctx, caller, params, query, request } = call;
    const { trackingId = '' } = params;
    const asked = { partnerId: caller.partnerId, trackingId, outcome: readOutcome(query.outcome) };
    const { locale } = request.ms;
    return toListPage(await listJobDevices(ctx, asked, pageOf(call)), (device) =>
      describeDevice(device, locale),
    );
  }),
};

/** Outcomes are given by name, by code, or in groups. Throws InvalidInput. */
function readOutcome(given: string | undefined): OutcomeFilter {
  if (given === undefined || ['succeeded', 'failed', 'pending'].includes(given) || isDeviceFailure(given))
    return given;
  const [name] = Object.entries(deviceOutcomes).find(([, { errorCode }]) => errorCode === given) ?? [];
  if (name === undefined) throw invalidInput('outcome', 'notOutcome');
  return name;
}

/** A job in the shape of the contract: members without a value are absent. */
export function describeJob(job: PartnerJob): Job {
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

function describeDevice(device: ReadDevice, locale: Locale): JobDevice {
  const { position, reference, deviceId, serialNumber, productKey, oemManufacturerName, modelName, outcome } =
    device;
  const failure = outcome !== undefined && isDeviceFailure(outcome) ? deviceOutcomes[outcome] : undefined;
  return {
    position,
    ...(reference !== undefined && { reference }),
    ...(deviceId !== undefined && { deviceId }),
    ...(serialNumber !== undefined && { serialNumber }),
    ...(productKey !== undefined && { productKey }),
    ...(oemManufacturerName !== undefined && { oemManufacturerName }),
    ...(modelName !== undefined && { modelName }),
    ...(outcome !== undefined && { outcome, ...describeCode(outcome) }),
    ...(failure && { meaning: failure.meaning[locale], remedy: failure.remedy[locale] }),
  };
}

/** The number of an outcome, if it has one. */
export function describeCode(outcome: string): { errorCode?: string } {
  const errorCode = isDeviceFailure(outcome) ? deviceOutcomes[outcome].errorCode : undefined;
  return errorCode === undefined ? {} : { errorCode };
}
