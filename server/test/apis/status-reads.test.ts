import assert from 'node:assert/strict';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { StatusReads, type JobProgress } from '../../src/cache/status-reads.ts';
import { findBatchJob } from '../../src/store/jobs/find-batch-job.ts';
import { newCustomerId, startTestMuster, type BatchStatus } from '../support/muster.ts';

test('reads of one job at the same time are one read, and the next one begins where it ended', async () => {
  const reads = new StatusReads();
  const seen: (JobProgress | undefined)[] = [];
  const first = { status: 'processing', processed: 1, body: Buffer.from('first') };
  const released = Promise.withResolvers<void>();
  const load = async (last: JobProgress | undefined) => {
    seen.push(last);
    await released.promise;
    return first;
  };
  const readers = Array.from({ length: 100 }, () => reads.read('a', load));
  const other = reads.read('b', load);
  released.resolve();
  for (const status of await Promise.all(readers)) assert.equal(status, first);
  await other;
  assert.equal(seen.length, 2);
  const unchanged = async (last: JobProgress | undefined) => void seen.push(last);
  assert.equal(await reads.read('a', unchanged), first);
  assert.deepEqual(seen[2], first);
});

test('a read that fails is not kept: the next one asks again', async () => {
  const reads = new StatusReads();
  await assert.rejects(
    reads.read('a', () => Promise.reject(new Error('away'))),
    /away/,
  );
  const rendered = { status: 'queued', processed: 0, body: Buffer.from('back') };
  assert.equal(await reads.read('a', async () => rendered), rendered);
});

test('an unfinished job is read in full only when it got further, and every change shows', async () => {
  const muster = await startTestMuster({ settings: { MUSTER_ROLE: 'api' } });
  const customer = newCustomerId();
  const devices = Array.from({ length: 3 }, (_, index) => ({
    serialNumber: `S${index}`,
    oemManufacturerName: 'Contoso',
    modelName: 'Polled',
  }));
  const upload = await muster.call('POST', `/v1/customers/${customer}/deviceBatches`, {
    body: { batchId: 'polled', devices },
  });
  const location = upload.headers.get('location') ?? '';
  const read = async () => {
    const status = (await (await muster.call('GET', `/v1${location}`)).json()) as BatchStatus;
    return [status.status, status.progress.processed, ...status.devicesStatus.map((device) => device.status)];
  };
  const queued = ['queued', 0, 'queued', 'queued', 'queued'];
  assert.deepEqual(await read(), queued);
  assert.deepEqual(await read(), queued);
  const key = { customerId: customer, trackingId: location.split('/')[4] ?? '' };
  const find = (status: string, processed: number) =>
    findBatchJob(muster.database, key, { status, processed });
  assert.equal(await find('queued', 0), 'unchanged');
  await muster.database.query(sql`update batch_jobs set status = 'processing', outcomes = '{succeeded}'`);
  assert.notEqual(await find('queued', 0), 'unchanged');
  assert.deepEqual(await read(), ['processing', 1, 'finished', 'processing', 'processing']);
  await muster.database.query(sql`
    update batch_jobs set status = 'finished', completed_at = now(), outcomes = '{succeeded,succeeded,succeeded}'`);
  assert.deepEqual(await read(), ['finished', 3, 'finished', 'finished', 'finished']);
});
