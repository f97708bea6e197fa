import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import sql from 'sql-template-tag';
import { CustomerOwners } from '../../src/cache/customer-owners.ts';
import { FinishedStatuses } from '../../src/cache/finished-statuses.ts';
import { EventNotices } from '../../src/cache/event-notices.ts';
import { JobEnds } from '../../src/cache/job-ends.ts';
import { StatusReads } from '../../src/cache/status-reads.ts';
import { WaitingPlaces } from '../../src/cache/waiting-places.ts';
import { JobRunner } from '../../src/jobs/job-runner.ts';
import type { Context } from '../../src/registry/context.ts';
import { abandonBatchJob, processBatchJob } from '../../src/jobs/process-batch-job.ts';
import { localRegistrar } from '../../src/registrars/local/local-registrar.ts';
import { leaseJob } from '../support/lease-job.ts';
import { newCustomerId, startTestMuster, type BatchStatus } from '../support/muster.ts';

// A node that serves only: the tests run the jobs themselves.
const muster = await startTestMuster({ settings: { MUSTER_ROLE: 'api' } });
const ctx: Context = {
  db: muster.database,
  registrar: localRegistrar,
  now: () => new Date('2026-11-22T10:00:00Z'),
  limits: { devicesPerCall: 1000, auditDays: 400 },
  claimCustomers: true,
  owners: new CustomerOwners(),
  finishedStatuses: new FinishedStatuses(1_000_000),
  statusReads: new StatusReads(),
  jobEnds: new JobEnds(new WaitingPlaces({ perNode: 1, perPartner: 1 })),
  waitingPlaces: new WaitingPlaces({ perNode: 1, perPartner: 1 }),
  eventNotices: new EventNotices(),
  allowsAddress: () => false,
  localJobs: new JobRunner({ jobsAtOnce: 1, log: pino({ level: 'silent' }) }),
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
  await processBatchJob(watching, await leaseJob(ctx.db, trackingId));
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
  const lease = await leaseJob(ctx.db, trackingId);
  await Promise.all([processBatchJob(ctx, lease), processBatchJob(ctx, lease)]);
  const first = await status(location);
  assert.deepEqual(await processBatchJob(ctx, lease), { kind: 'lost' });
  await abandonBatchJob(ctx, lease);
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
  const lease = await leaseJob(ctx.db, trackingId);
  await assert.rejects(processBatchJob(breaking, lease), /disk is full/);
  await abandonBatchJob(ctx, lease);
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
  const trackingId = response.headers.get('location')?.split('/')[4] ?? '';
  await processBatchJob(ctx, await leaseJob(ctx.db, trackingId));
  assert.equal(await stored(), 1);
});

test('a worker that lost its lease, as a frozen node does, records nothing more; the new holder goes on from there', async () => {
  const { location, trackingId } = await accept(600);
  const frozen = await leaseJob(ctx.db, trackingId);
  let steps = 0;
  const freezing: Context = {
    ...ctx,
    registrar: {
      ...localRegistrar,
      record: async (db, upload, step) => {
        steps += 1;
        // Meanwhile the lease is over, and another node takes the job.
        if (steps === 2) await leaseJob(ctx.db, trackingId);
        return localRegistrar.record(db, upload, step);
      },
    },
  };
  assert.deepEqual(await processBatchJob(freezing, frozen), { kind: 'lost' });
  assert.deepEqual((await status(location)).progress, {
    total: 600,
    processed: 250,
    succeeded: 250,
    failed: 0,
  });
  await abandonBatchJob(ctx, frozen);
  assert.equal((await status(location)).status, 'processing');
  assert.equal((await processBatchJob(ctx, await leaseJob(ctx.db, trackingId))).kind, 'ended');
  assert.deepEqual((await status(location)).progress, {
    total: 600,
    processed: 600,
    succeeded: 600,
    failed: 0,
  });
});

test('a job whose turn is over keeps what was done and goes on later', async () => {
  const { location, trackingId } = await accept(600);
  const lease = await leaseJob(ctx.db, trackingId);
  const result = await processBatchJob(ctx, lease, { goesOn: async () => false });
  assert.deepEqual(result, { kind: 'yielded' });
  assert.equal((await status(location)).progress.processed, 250);
  await processBatchJob(ctx, lease);
  assert.equal((await status(location)).progress.succeeded, 600);
});
