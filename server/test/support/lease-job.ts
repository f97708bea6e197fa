import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Db } from '../../src/store/database.ts';
import type { JobLease } from '../../src/store/jobs/job-leases.ts';

/** Takes this very job, as a worker does, for tests that run it themselves. */
export async function leaseJob(db: Db, trackingId: string): Promise<JobLease> {
  const leaseId = randomUUID();
  await db.query(sql`
    update batch_jobs set lease_id = ${leaseId}::uuid, due_at = now() + interval '1 minute', attempts = attempts + 1
    where batch_tracking_id = ${trackingId} and completed_at is null`);
  return { trackingId, leaseId };
}
