import { parseGuid } from '@muster/contract/guid';
import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import { findPartnerJob, type PartnerJob } from '../../store/jobs/partner-jobs.ts';

/** A job as a caller names it. */
interface JobAddress {
  readonly partnerId: string;
  /** May be no GUID: then there is no such job. */
  readonly trackingId: string;
}

/** One job of any customer of the partner. Throws `batch-job-not-found`, also for the job of another partner. */
export async function getJob(ctx: Context, { partnerId, trackingId }: JobAddress): Promise<PartnerJob> {
  const id = parseGuid(trackingId);
  const job = id === undefined ? undefined : await findPartnerJob(ctx.db, { partnerId, trackingId: id });
  if (!job) throw new RegistryError({ kind: 'batch-job-not-found', trackingId });
  return job;
}
