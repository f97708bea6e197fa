import assert from 'node:assert/strict';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { CustomerOwners } from '../../src/cache/customer-owners.ts';
import { OwnJobs } from '../../src/cache/local-jobs.ts';
import { FinishedAnswers } from '../../src/cache/finished-statuses.ts';
import type { Context } from '../../src/registry/context.ts';
import { abandonBatchJob, processBatchJob } from '../../src/jobs/process-batch-job.ts';
import { localRegistrar } from '../../src/registrars/local/local-registrar.ts';
import { newCustomerId, startTestMuster, type BatchStatus } from '../support/muster.ts';

// A node that serves only: the tests run the jobs themselves.
const muster = await startTestMuster({ settings: { MUSTER_ROLE: 'api' } });
const ctx: Context = {
  db: muster.database,
  registrar: localRegistrar,
  now: () => new Date('2026-11-22T10:00:00Z'),
  limits: { devicesPerCall: 1000 },
  claimCustomers: true,
  owners: new CustomerOwners(),
  answers: new FinishedAnswers(1_000_000),
  ownJobs: new OwnJobs(),
};

let lot = 0;

async function accept(devices: number): Promise<{ location: string; trackingId: string; customer: string }> {
  lot += 1;
  const customer = newCustomerId();
  const body = {
    batchId: 'job',
    devices: Array.from({ length: devices }, (_, index) => ({
      serialNumber: `LOT${lot}-${index}`,
      oemManufacturerName: 'Contoso',
      modelName: 'Job',
    })),
  };
  const response = await muster.call('POST', `/v1/customers/${customer}/deviceBatches`, { body });
  const location = response.headers.get('location') ?? '';
  return { location, trackingId: location.split('/')[4] ?? '', customer };
}

async function status(location: string): Promise<BatchStatus> {
  return (await (await muster.call('GET', `/v1${location}`)).json()) as BatchStatus;
}

test('a job moves from queued over processing to finished, and its progress with it', async () => {
  const { location, trackingId } = await accept(600);
  const queued = await status(location);
  assert.equal(queued.status, 'queued');
  assert.ok(!('startedTime' in queued) && !('completedTime' in queued));
  assert.deepEqual(queued.progress, { total: 600, processed: 0, succeeded: 0, failed: 0 });
  assert.equal(queued.devicesStatus[0]?.status, 'queued');

  const seen: BatchStatus[] = [];
  const watching: Context = {
    ...ctx,
    registrar: {
      ...localRegistrar,
      record: async (db, upload, step) => {
        seen.push(await status(location));
        return localRegistrar.record(db, upload, step);
      },
    },
  };
  await processBatchJob(watching, trackingId);
  assert.deepEqual(
    seen.map((one) => [one.status, one.progress.processed]),
    [
      ['queued', 0],
      ['processing', 250],
      ['processing', 500],
    ],
  );
  assert.deepEqual(
    seen[1]?.devicesStatus.map((device) => device.status).filter((one) => one === 'processing').length,
    350,
  );
  assert.equal(seen[1]?.startedTime, '2026-11-22T10:00:00.000Z');
  const done = await status(location);
  assert.deepEqual(
    [done.status, done.progress.succeeded, done.completedTime],
    ['finished', 600, '2026-11-22T10:00:00.000Z'],
  );
});

test('a job delivered twice, or after it finished, changes nothing', async () => {
  const { location, trackingId } = await accept(300);
  await Promise.all([processBatchJob(ctx, trackingId), processBatchJob(ctx, trackingId)]);
  const first = await status(location);
  await processBatchJob(ctx, trackingId);
  await abandonBatchJob(ctx, trackingId);
  assert.deepEqual(await status(location), first);
  assert.equal(new Set(first.devicesStatus.map((device) => device.deviceId)).size, 300);
});

test('a job that keeps breaking ends with errors: what was registered stays, the rest is 640', async () => {
  const { location, trackingId, customer } = await accept(300);
  let steps = 0;
  const breaking: Context = {
    ...ctx,
    registrar: {
      ...localRegistrar,
      record: async (db, upload, step) => {
        steps += 1;
        if (steps > 1) throw new Error('the disk is full');
        return localRegistrar.record(db, upload, step);
      },
    },
  };
  await assert.rejects(processBatchJob(breaking, trackingId), /disk is full/);
  await abandonBatchJob(ctx, trackingId);
  const job = await status(location);
  assert.equal(job.status, 'finished_with_errors');
  assert.deepEqual(job.progress, { total: 300, processed: 300, succeeded: 250, failed: 50 });
  assert.deepEqual(
    [job.devicesStatus[299]?.errorCode, job.devicesStatus[299]?.errorDescription],
    ['640', 'StorageError'],
  );
  const [stored] = await muster.database.query<{ devices: number }>(sql`
    select count(*)::int as devices from devices where customer_id = ${customer}`);
  assert.equal(stored?.devices, 250);
});

test('the hash of a refused device is erased when the job ends', async () => {
  const hash = Buffer.alloc(1200, 7).toString('base64');
  const customer = newCustomerId();
  const body = { batchId: 'hashes', devices: [{ hardwareHash: hash }, { hardwareHash: hash }] };
  const response = await muster.call('POST', `/v1/customers/${customer}/deviceBatches`, { body });
  const stored = async (): Promise<number> => {
    const rows = await muster.database.query(
      sql`select 1 from hardware_hashes where length(hardware_hash) = 1200`,
    );
    return rows.length;
  };
  assert.equal(await stored(), 2);
  await processBatchJob(ctx, response.headers.get('location')?.split('/')[4] ?? '');
  assert.equal(await stored(), 1);
});
