import { parseGuid } from '@muster/contract/guid';
import type { Context } from '../context.ts';
import { requireCustomer } from '../customers/authorize-customer.ts';
import { readPage, type ListPage, type PageRequest } from '../read-page.ts';
import { RegistryError } from '../registry-error.ts';
import type { SubmittedDevice } from '../../store/jobs/batch-jobs.ts';
import { findBatchJob } from '../../store/jobs/find-batch-job.ts';
import {
  findPartnerJob,
  listPartnerJobs,
  type JobFilter,
  type JobPlace,
  type PartnerJob,
} from '../../store/jobs/partner-jobs.ts';

/** A job as a caller names it. */
interface JobAddress {
  readonly partnerId: string;
  /** May be no GUID: then there is no such job. */
  readonly trackingId: string;
}

/** One page of the jobs of a partner, the newest first. Throws `customer-forbidden` and `page-token-invalid`. */
export async function listJobs(
  ctx: Context,
  filter: JobFilter,
  page: PageRequest,
): Promise<ListPage<PartnerJob>> {
  const { partnerId, customerId } = filter;
  if (customerId !== undefined) await requireCustomer(ctx, partnerId, customerId);
  return readPage(ctx, page, {
    list: `jobs ${partnerId}`,
    readAfter: (after: JobPlace | undefined, limit) => listPartnerJobs(ctx.db, filter, { after, limit }),
    placeOf: ({ createdAt, trackingId }) => ({ createdAt: createdAt.toISOString(), trackingId }),
  });
}

/** One job of any customer of the partner. Throws `batch-job-not-found`, also for the job of another partner. */
export async function getJob(ctx: Context, { partnerId, trackingId }: JobAddress): Promise<PartnerJob> {
  const id = parseGuid(trackingId);
  const job = id === undefined ? undefined : await findPartnerJob(ctx.db, { partnerId, trackingId: id });
  if (!job) throw new RegistryError({ kind: 'batch-job-not-found', trackingId });
  return job;
}

/** A device of a job and its outcome. */
export interface JobDevice extends Pick<
  SubmittedDevice,
  'serialNumber' | 'productKey' | 'oemManufacturerName' | 'modelName' | 'reference'
> {
  /** Where it stands in the call, from 1. */
  readonly position: number;
  /** Undefined where no device was registered or changed. */
  readonly deviceId: string | undefined;
  /** `succeeded` or the name of a failure; undefined: none yet. */
  readonly outcome: string | undefined;
}

/** Which devices of a job: an outcome, `failed` for any failure, `pending` for none yet; undefined: all. */
export type OutcomeFilter = string | undefined;

/** One page of the devices of a job, in the order submitted. Throws `batch-job-not-found` and `page-token-invalid`. */
export async function listJobDevices(
  ctx: Context,
  request: JobAddress & { readonly outcome: OutcomeFilter },
  page: PageRequest,
): Promise<ListPage<JobDevice>> {
  const { trackingId, customerId } = await getJob(ctx, request);
  const job = await findBatchJob(ctx.db, { trackingId, customerId });
  if (!job || job === 'unchanged') throw new RegistryError({ kind: 'batch-job-not-found', trackingId });
  const devices = job.devices.map(({ deviceId, ...names }, index): JobDevice => {
    const outcome = job.outcomes[index];
    // A policy update names the device itself; an upload gives it its id when it succeeds.
    const hasId = job.kind !== 'register_devices' || outcome === 'succeeded';
    return { ...names, position: index + 1, deviceId: hasId ? deviceId : undefined, outcome };
  });
  const wanted = devices.filter(({ outcome }) => matches(outcome, request.outcome));
  return readPage(ctx, page, {
    list: `job devices ${trackingId}`,
    readAfter: async (after: number | undefined, limit) =>
      wanted.filter(({ position }) => position > (after ?? 0)).slice(0, limit),
    placeOf: ({ position }) => position,
  });
}

function matches(outcome: string | undefined, filter: OutcomeFilter): boolean {
  if (filter === undefined) return true;
  if (filter === 'pending') return outcome === undefined;
  if (filter === 'failed') return outcome !== undefined && outcome !== 'succeeded';
  return outcome === filter;
}
