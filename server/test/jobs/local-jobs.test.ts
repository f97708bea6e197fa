import { randomUUID } from 'node:crypto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { newCustomerId, startTestMuster, type TestMuster } from '../support/muster.ts';

async function upload(muster: TestMuster, customer = newCustomerId()): Promise<string> {
  const devices = [{ serialNumber: randomUUID(), oemManufacturerName: 'Contoso', modelName: 'Local' }];
  const response = await muster.call('POST', `/v1/customers/${customer}/deviceBatches`, {
    body: { batchId: 'local', devices },
  });
  assert.equal(response.status, 202);
  return response.headers.get('location') ?? '';
}

interface Lease {
  readonly lease_id: string | null;
  readonly attempts: number;
}

async function leaseOf({ database }: TestMuster, location: string): Promise<Lease | undefined> {
  const rows = await database.query<Lease>(sql`
    select lease_id, attempts from batch_jobs where batch_tracking_id = ${location.split('/')[4]}`);
  return rows[0];
}

test('a job that runs where it was accepted is under a lease from the store on, until it ends', async () => {
  const muster = await startTestMuster();
  // The registration waits for this lock, so the job is seen while it runs.
  const client = await muster.database.pool.connect();
  await client.query('begin; lock table device_keys in share mode');
  const location = await upload(muster);
  const running = await leaseOf(muster, location);
  assert.match(running?.lease_id ?? '', /^[0-9a-f-]{36}$/);
  assert.equal(running?.attempts, 1);
  await client.query('commit');
  client.release();
  assert.equal((await muster.finished(location)).status, 'finished');
  assert.deepEqual(await leaseOf(muster, location), { lease_id: null, attempts: 1 });
});

test('a job that fails where it was accepted is attempted again', async () => {
  const muster = await startTestMuster();
  const run = (text: string): Promise<unknown> => muster.database.pool.query(text);
  await run('create sequence tries');
  await run(`create function break_once() returns trigger language plpgsql as $$
    begin if nextval('tries') = 1 then raise 'the disk is full'; end if; return null; end $$`);
  await run(
    'create trigger break_once after insert on devices for each statement execute function break_once()',
  );
  const location = await upload(muster);
  const job = await muster.finished(location);
  assert.deepEqual([job.status, job.progress.succeeded], ['finished', 1]);
  const failures = muster.logLines.filter((line) => line.msg === 'job failed');
  assert.equal(failures.length, 1);
  assert.equal((await leaseOf(muster, location))?.attempts, 2);
});

test('a job whose holder died is taken by another node when the lease is over', async () => {
  const api = await startTestMuster({ settings: { MUSTER_ROLE: 'api' } });
  const location = await upload(api);
  // As a node leaves it that took the job and was killed.
  await api.database.query(sql`
    update batch_jobs set lease_id = gen_random_uuid(), attempts = 1, due_at = now() + interval '2 seconds'`);
  await startTestMuster({ databaseUrl: api.databaseUrl, settings: { MUSTER_ROLE: 'worker' } });
  const job = await api.finished(location);
  assert.deepEqual([job.status, job.progress.succeeded], ['finished', 1]);
  assert.equal((await leaseOf(api, location))?.attempts, 2);
});

test('a job that fails on its last attempt ends with errors and is attempted no more', async () => {
  const api = await startTestMuster({ settings: { MUSTER_ROLE: 'api' } });
  const location = await upload(api);
  await api.database.pool.query(`create function break_always() returns trigger language plpgsql as $$
    begin raise 'the disk is full'; end $$`);
  await api.database.pool.query(
    'create trigger break_always after insert on devices for each statement execute function break_always()',
  );
  await api.database.query(sql`update batch_jobs set attempts = 7`);
  await startTestMuster({ databaseUrl: api.databaseUrl, settings: { MUSTER_ROLE: 'worker' } });
  const job = await api.finished(location);
  assert.equal(job.status, 'finished_with_errors');
  assert.deepEqual(
    job.devicesStatus.map((device) => device.errorCode),
    ['640'],
  );
  assert.equal((await leaseOf(api, location))?.attempts, 8);
});

test('a job that waits for another attempt is not run before it is due, and holds no place', async () => {
  const api = await startTestMuster({ settings: { MUSTER_ROLE: 'api' } });
  const waiting = await upload(api);
  await api.database.query(sql`update batch_jobs set due_at = now() + interval '1 hour'`);
  const worker = await startTestMuster({
    databaseUrl: api.databaseUrl,
    settings: { MUSTER_ROLE: 'worker', MUSTER_JOBS_AT_ONCE: '1' },
  });
  for (let next = 0; next < 3; next += 1)
    assert.equal((await api.finished(await upload(api))).status, 'finished');
  assert.deepEqual(await leaseOf(api, waiting), { lease_id: null, attempts: 0 });
  await worker.close();
});
