import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { RunningJobs } from '../../src/jobs/running-jobs.ts';
import { renewLeases } from '../../src/store/jobs/job-leases.ts';
import { recordJobStep } from '../../src/store/jobs/job-steps.ts';
import { leaseJob } from '../support/lease-job.ts';
import { newCustomerId, startTestMuster } from '../support/muster.ts';

// A node that serves only: the tests hold the leases.
const muster = await startTestMuster({ settings: { MUSTER_ROLE: 'api' } });

/** A job of two devices whose lease is over, but whose holder does not know it yet. */
async function holdJob() {
  const devices = ['a', 'b'].map((name) => ({
    serialNumber: `${name}-${randomUUID()}`,
    oemManufacturerName: 'Contoso',
    modelName: 'Lease',
  }));
  const response = await muster.call('POST', `/v1/customers/${newCustomerId()}/deviceBatches`, {
    body: { batchId: 'held', devices },
  });
  const lease = await leaseJob(muster.database, response.headers.get('location')?.split('/')[4] ?? '');
  await muster.database.query(sql`
    update batch_jobs set due_at = now() - interval '1 hour' where batch_tracking_id = ${lease.trackingId}`);
  return lease;
}

async function isHeld({ trackingId }: { trackingId: string }): Promise<boolean> {
  const rows = await muster.database.query(sql`
    select from batch_jobs where batch_tracking_id = ${trackingId} and due_at > now()`);
  return rows.length === 1;
}

test('a job whose row a step holds does not keep the leases of other jobs from being renewed', async () => {
  const [locked, free] = [await holdJob(), await holdJob()];
  const client = await muster.database.pool.connect();
  await client.query('begin');
  await client.query('select from batch_jobs where batch_tracking_id = $1 for update', [locked.trackingId]);
  await renewLeases(muster.database, [locked, free]);
  assert.deepEqual([await isHeld(locked), await isHeld(free)], [false, true]);
  await client.query('rollback');
  client.release();
  await renewLeases(muster.database, [locked, { ...free, leaseId: randomUUID() }]);
  assert.equal(await isHeld(locked), true);
});

test('a step that is recorded renews the lease of its job', async () => {
  const lease = await holdJob();
  const counts = { succeeded: 1, failed: 0, byOutcome: { succeeded: 1 } };
  await recordJobStep(muster.database, {
    ...lease,
    first: 0,
    outcomes: ['succeeded'],
    counts,
    startedAt: new Date(),
  });
  assert.equal(await isHeld(lease), true);
});

test('while a renewal hangs there is no second one; when it has failed, there is', async () => {
  const jobs = new RunningJobs();
  jobs.add({ trackingId: randomUUID(), leaseId: randomUUID() });
  const statements: PromiseWithResolvers<never[]>[] = [];
  const db = {
    query: () => {
      const statement = Promise.withResolvers<never[]>();
      statements.push(statement);
      return statement.promise;
    },
  };
  const hanging = jobs.renewLeases(db);
  await jobs.renewLeases(db);
  assert.equal(statements.length, 1);
  statements[0]?.reject(new Error('the connection broke'));
  await assert.rejects(hanging, /the connection broke/);
  void jobs.renewLeases(db);
  assert.equal(statements.length, 2);
});
