import { randomUUID } from 'node:crypto';
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
import { localRegistrar } from '../../src/registrars/local/local-registrar.ts';
import type { Registrar } from '../../src/registrars/registrar.ts';
import type { Context } from '../../src/registry/context.ts';
import { insertDeviceBatchWithJob, writeDevices, type NewUpload } from '../../src/store/jobs/batch-jobs.ts';
import { openDatabase } from '../../src/store/database.ts';
import { newCustomerId, startTestMuster, type TestMuster } from '../support/muster.ts';

const log = pino({ level: 'silent' });

function newContext(muster: TestMuster, registrar: Registrar, jobs: JobRunner): Context {
  return {
    db: openDatabase({ connectionString: muster.databaseUrl, max: 8 }),
    registrar,
    now: () => new Date(),
    limits: { devicesPerCall: 1000, auditDays: 400 },
    claimCustomers: true,
    owners: new CustomerOwners(),
    finishedStatuses: new FinishedStatuses(1_000_000),
    statusReads: new StatusReads(),
    jobEnds: new JobEnds(new WaitingPlaces({ perNode: 1, perPartner: 1 })),
    waitingPlaces: new WaitingPlaces({ perNode: 1, perPartner: 1 }),
    eventNotices: new EventNotices(),
    allowsAddress: () => false,
    localJobs: jobs,
  };
}

/** A service that only serves, and a runner beside it whose registrar the test decides on. */
async function startRunner(t: { after: (end: () => Promise<void>) => void }, registrar: Registrar) {
  const muster = await startTestMuster({ settings: { MUSTER_ROLE: 'api' } });
  const jobs = new JobRunner({ jobsAtOnce: 1, log });
  const ctx = newContext(muster, registrar, jobs);
  jobs.start(ctx);
  t.after(async () => {
    await jobs.stop();
    await (ctx.db as ReturnType<typeof openDatabase>).pool.end();
  });
  return { muster, jobs, ctx };
}

/**
 * Accepts a job when the runner's only place is free. The runner takes the place for a moment, each second, to look for
 * queued jobs.
 */
async function acceptAtOnce<R>(
  jobs: JobRunner,
  job: NewUpload,
  store: (leased: NewUpload) => Promise<R>,
): Promise<R> {
  for (;;) {
    const stored = await jobs.accept<NewUpload, R | 'no place'>(job, async (leased) =>
      leased.leaseId === undefined ? 'no place' : store(leased),
    );
    if (stored !== 'no place') return stored as R;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function newUpload(muster: TestMuster, devices: number): Promise<NewUpload> {
  const customerId = newCustomerId();
  // Makes the customer the partner's.
  await muster.call('GET', `/v1/customers/${customerId}/deviceBatches`);
  return {
    trackingId: randomUUID(),
    customerId,
    kind: 'register_devices',
    batchId: randomUUID(),
    createdBy: 'test',
    createdAt: new Date(),
    replaysAfter: new Date(),
    devices: writeDevices(
      Array.from({ length: devices }, () => ({ deviceId: randomUUID(), identityKeys: [randomUUID()] })),
    ),
    hashes: { bytes: Buffer.alloc(0), deviceIds: '{}', firsts: '{}', lengths: '{}' },
  };
}

/** Registers as the local registrar does, once the test lets it. */
function newGatedRegistrar() {
  const waiting: (() => void)[] = [];
  const order: string[] = [];
  const registrar: Registrar = {
    ...localRegistrar,
    record: async (db, upload, step) => {
      order.push(step.trackingId);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return localRegistrar.record(db, upload, step);
    },
  };
  return { registrar, order, waiting };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

test('a node that runs no jobs stores its own without a lease', async () => {
  const jobs = new JobRunner({ jobsAtOnce: 1, log });
  let leaseId: string | undefined = 'none';
  const muster = await startTestMuster({ settings: { MUSTER_ROLE: 'api' } });
  await jobs.accept(await newUpload(muster, 1), async (job) => {
    leaseId = job.leaseId;
    return 'replay';
  });
  assert.equal(leaseId, undefined);
});

test('a job whose statement broke is not run, and its place is free again', async (t) => {
  const { muster, jobs, ctx } = await startRunner(t, localRegistrar);
  const job = await newUpload(muster, 100);
  await assert.rejects(
    acceptAtOnce(jobs, job, () => Promise.reject(new Error('the connection broke'))),
    /the connection broke/,
  );
  assert.equal(jobs.untilEnd(job.trackingId, 20), undefined);
  const next = await newUpload(muster, 100);
  const stored = await acceptAtOnce(jobs, next, (leased) => insertDeviceBatchWithJob(ctx.db, leased));
  assert.notEqual(stored, undefined);
  await jobs.untilEnd(next.trackingId, 10_000);
});

test('a small job does not wait for a place that large ones hold', async (t) => {
  const { registrar, order, waiting } = newGatedRegistrar();
  const { muster, jobs, ctx } = await startRunner(t, registrar);
  const store = (leased: NewUpload) => insertDeviceBatchWithJob(ctx.db, leased);
  const large = await newUpload(muster, 100);
  const second = await newUpload(muster, 100);
  const small = await newUpload(muster, 1);
  await acceptAtOnce(jobs, large, store);
  await until(() => order.length === 1);
  await jobs.accept(second, (leased) => {
    assert.equal(leased.leaseId, undefined, 'the only place is taken');
    return store(leased);
  });
  await jobs.accept(small, store);
  await until(() => order.length === 2);
  // On a busy machine the small one can be first.
  assert.deepEqual(new Set(order), new Set([large.trackingId, small.trackingId]));
  while (waiting.length > 0) waiting.pop()?.();
  // The queued one follows when the place is free.
  await until(() => order.length === 3);
  waiting.pop()?.();
  await jobs.untilEnd(second.trackingId, 10_000);
});

test('customers take turns: a customer with one job does not wait for all jobs of another', async (t) => {
  const muster = await startTestMuster({ settings: { MUSTER_ROLE: 'api' } });
  const database = openDatabase({ connectionString: muster.databaseUrl, max: 8 });
  const backlog: NewUpload[] = [];
  const first = await newUpload(muster, 100);
  for (let count = 0; count < 5; count += 1) {
    const { trackingId, batchId, devices } = await newUpload(muster, 100);
    backlog.push({ ...first, trackingId, batchId, devices });
  }
  for (const job of backlog) await insertDeviceBatchWithJob(database, job);
  const late = await newUpload(muster, 100);
  await insertDeviceBatchWithJob(database, late);
  const { registrar, order, waiting } = newGatedRegistrar();
  const jobs = new JobRunner({ jobsAtOnce: 1, log });
  jobs.start({ ...newContext(muster, registrar, jobs), db: database });
  t.after(async () => {
    await jobs.stop();
    await database.pool.end();
  });
  for (let done = 1; done <= 6; done += 1) {
    await until(() => order.length === done);
    waiting.pop()?.();
  }
  assert.equal(order.indexOf(late.trackingId), 1);
});

test('a node that stops finishes the job it runs and leaves the others to the queue', async (t) => {
  const { registrar, order, waiting } = newGatedRegistrar();
  const { muster, jobs, ctx } = await startRunner(t, registrar);
  const store = (leased: NewUpload) => insertDeviceBatchWithJob(ctx.db, leased);
  const running = await newUpload(muster, 100);
  const queued = await newUpload(muster, 100);
  await acceptAtOnce(jobs, running, store);
  await jobs.accept(queued, store);
  await until(() => order.length === 1);
  let isStopped = false;
  const stopping = jobs.stop().then(() => (isStopped = true));
  assert.equal(isStopped, false);
  waiting.pop()?.();
  await stopping;
  const rows = await muster.database.query<{ status: string; lease_id: string | null }>(sql`
    select status, lease_id from batch_jobs where batch_tracking_id = any (${[running.trackingId, queued.trackingId]}::uuid[])
    order by status`);
  assert.deepEqual(rows, [
    { status: 'finished', lease_id: null },
    { status: 'queued', lease_id: null },
  ]);
});

test('a job that is stored while the node stops is put back into the queue', async (t) => {
  const { muster, jobs, ctx } = await startRunner(t, localRegistrar);
  const job = await newUpload(muster, 1);
  let stopping: Promise<void> | undefined;
  await acceptAtOnce(jobs, job, async (leased) => {
    const stored = await insertDeviceBatchWithJob(ctx.db, leased);
    stopping = jobs.stop();
    return stored;
  });
  await stopping;
  const rows = await muster.database.query<{ status: string; lease_id: string | null }>(
    sql`select status, lease_id from batch_jobs where batch_tracking_id = ${job.trackingId}`,
  );
  assert.deepEqual(rows, [{ status: 'queued', lease_id: null }]);
});

test('whoever waits for a job hears of its end, or that the time is over', async (t) => {
  const { registrar, order, waiting } = newGatedRegistrar();
  const { muster, jobs, ctx } = await startRunner(t, registrar);
  const job = await newUpload(muster, 1);
  assert.equal(jobs.untilEnd(job.trackingId, 1), undefined);
  await acceptAtOnce(jobs, job, (leased) => insertDeviceBatchWithJob(ctx.db, leased));
  await until(() => order.length === 1);
  await jobs.untilEnd(job.trackingId, 1);
  const hearing = jobs.untilEnd(job.trackingId, 60_000);
  waiting.pop()?.();
  await hearing;
  assert.equal(jobs.untilEnd(job.trackingId, 1), undefined);
});

test('an attempt counts as failed when the job is at fault, and not when the database is out of order', async (t) => {
  const errors = [new Error('a mistake'), Object.assign(new Error('no room'), { code: '53100' })];
  const failed: { attempts: number }[] = [];
  for (const error of errors) {
    const { attempts } = await runUntilFailure(t, { devices: 1, attempts: 1, failureAt: () => error });
    failed.push({ attempts });
    t.diagnostic(`${error.message}: ${attempts}`);
  }
  assert.deepEqual(failed, [{ attempts: 1 }, { attempts: 0 }]);
});

test('attempts that got further do not add up: a job of many turns is not given up at its first failure', async (t) => {
  const failed = await runUntilFailure(t, {
    devices: 300,
    attempts: 8,
    failureAt: (first) => (first === 0 ? undefined : new Error('broken from the second step on')),
  });
  assert.deepEqual(failed, { status: 'processing', attempts: 1 });
});

/**
 * Runs a queued job until a step of it fails, and returns what is stored then. The runner stops with the failure, because
 * it might try the job again before the test looks.
 */
async function runUntilFailure(
  t: { after: (end: () => Promise<void>) => void },
  plan: { devices: number; attempts: number; failureAt: (first: number) => Error | undefined },
): Promise<{ status: string; attempts: number }> {
  const muster = await startTestMuster({ settings: { MUSTER_ROLE: 'api' } });
  const jobs = new JobRunner({ jobsAtOnce: 1, log });
  let stopping: Promise<void> | undefined;
  const registrar: Registrar = {
    ...localRegistrar,
    record: (db, upload, step) => {
      const error = plan.failureAt(step.first);
      if (!error) return localRegistrar.record(db, upload, step);
      stopping = jobs.stop();
      return Promise.reject(error);
    },
  };
  const ctx = newContext(muster, registrar, jobs);
  t.after(() => (ctx.db as ReturnType<typeof openDatabase>).pool.end());
  const { trackingId } = await storeJob(muster, ctx, plan);
  jobs.start(ctx);
  await until(() => stopping !== undefined);
  await stopping;
  const rows = await muster.database.query<{ status: string; attempts: number }>(sql`
    select status, attempts from batch_jobs where batch_tracking_id = ${trackingId}`);
  return rows[0] ?? assert.fail('the job is stored');
}

/** A queued job whose next attempt is the given one. */
async function storeJob(
  muster: TestMuster,
  ctx: Context,
  { devices, attempts }: { devices: number; attempts: number },
): Promise<NewUpload> {
  const job = await newUpload(muster, devices);
  await insertDeviceBatchWithJob(ctx.db, job);
  await muster.database.query(sql`
    update batch_jobs set attempts = ${attempts - 1}::int where batch_tracking_id = ${job.trackingId}`);
  return job;
}
