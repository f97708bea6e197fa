import { randomUUID } from 'node:crypto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { insertDeviceBatchWithJob, writeDevices } from '../../src/store/jobs/batch-jobs.ts';
import { newCustomerId, startTestMuster, type BatchStatus, type TestMuster } from '../support/muster.ts';

async function upload(muster: TestMuster, customer = newCustomerId()): Promise<string> {
  const devices = [{ serialNumber: randomUUID(), oemManufacturerName: 'Contoso', modelName: 'Own' }];
  const response = await muster.call('POST', `/v1/customers/${customer}/deviceBatches`, {
    body: { batchId: 'own', devices },
  });
  assert.equal(response.status, 202);
  return response.headers.get('location') ?? '';
}

/** What is in the queue: who holds each job. */
async function holders({ database }: TestMuster): Promise<(string | null)[]> {
  const rows = await database.query<{ locked_by: string | null }>(sql`
    select locked_by from graphile_worker.jobs where task_identifier = 'process_batch_job' order by id`);
  return rows.map((row) => row.locked_by);
}

test('an own job stands in the queue as held until it ends, and then no more', async () => {
  const muster = await startTestMuster();
  // The registration waits for this lock: so the job is seen while it runs.
  const client = await muster.database.pool.connect();
  await client.query('begin; lock table device_keys in share mode');
  const location = await upload(muster);
  assert.match((await holders(muster)).join(), /^own-/);
  await client.query('commit');
  client.release();
  assert.equal((await muster.finished(location)).status, 'finished');
  assert.deepEqual(await holders(muster), []);
});

test('an own job that breaks is run again from the queue', async () => {
  const muster = await startTestMuster();
  const run = (text: string): Promise<unknown> => muster.database.pool.query(text);
  await run('create sequence tries');
  await run(`create function break_once() returns trigger language plpgsql as $$
    begin if nextval('tries') = 1 then raise 'the disk is full'; end if; return null; end $$`);
  await run(
    'create trigger break_once after insert on devices for each statement execute function break_once()',
  );
  const job = await muster.finished(await upload(muster));
  assert.deepEqual([job.status, job.progress.succeeded], ['finished', 1]);
  const failures = muster.logLines.filter((line) => line.msg === 'job failed');
  assert.equal(failures.length, 1);
});

test('an own job of a node that died is run by another node', async () => {
  const dead = await startTestMuster({ settings: { MUSTER_ROLE: 'api' } });
  // A worker makes the queue know its tasks.
  const worker = await startTestMuster({
    databaseUrl: dead.databaseUrl,
    settings: { MUSTER_ROLE: 'worker' },
  });
  await worker.close();
  const customer = newCustomerId();
  // This also makes the customer the partner's.
  await upload(dead, customer);
  const trackingId = randomUUID();
  const accepted = await insertDeviceBatchWithJob(dead.database, {
    trackingId,
    customerId: customer,
    kind: 'register_devices',
    batchId: 'of the dead',
    createdBy: 'test',
    createdAt: new Date(),
    replaysAfter: new Date(),
    heldBy: 'own-dead',
    devices: writeDevices([
      {
        deviceId: randomUUID(),
        serialNumber: 'LEFT BEHIND',
        identityKeys: [randomUUID()],
        oemManufacturerName: 'Contoso',
        modelName: 'Own',
      },
    ]),
    hashes: { bytes: Buffer.alloc(0), deviceIds: '{}', firsts: '{}', lengths: '{}' },
  });
  assert.ok(accepted);
  await dead.database.query(sql`
    update graphile_worker._private_jobs set locked_at = now() - interval '2 seconds' where locked_by = 'own-dead'`);
  await startTestMuster({ databaseUrl: dead.databaseUrl, settings: { MUSTER_ROLE: 'worker' } });
  const job: BatchStatus = await dead.finished(`/customers/${customer}/batchJobStatus/${trackingId}`);
  assert.deepEqual([job.status, job.progress.succeeded], ['finished', 1]);
});
