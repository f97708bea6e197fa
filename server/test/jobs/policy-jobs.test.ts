import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeHardwareHash } from '@muster/contract/testing/encode-hardware-hash';
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

let serial = 0;
function newDevice(policy?: string): object {
  serial += 1;
  const serialNumber = `VANISH-${serial}`;
  return {
    hardwareHash: encodeHardwareHash({ serialNumber, manufacturer: 'Contoso', model: 'Job' }),
    policies: policy === undefined ? [] : [{ value: policy }],
  };
}

async function createPolicy(customer: string): Promise<string> {
  const path = `/v1/customers/${customer}/policies`;
  const response = await muster.call('POST', path, { body: { name: 'Short-lived' } });
  return ((await response.json()) as { id: string }).id;
}

async function accept(method: string, path: string, body: object): Promise<string> {
  const response = await muster.call(method, path, { body });
  assert.equal(response.status, 202);
  return response.headers.get('location')?.split('/')[4] ?? '';
}

async function run(by: Context, customer: string, trackingId: string): Promise<BatchStatus> {
  await processBatchJob(by, await leaseJob(ctx.db, trackingId));
  const response = await muster.call('GET', `/v1/customers/${customer}/batchJobStatus/${trackingId}`);
  return (await response.json()) as BatchStatus;
}

/** A context in which the policy goes just after the job looked it up, before it is given to a device. */
function whereItVanishes(policyId: string): Context {
  let isGone = false;
  const vanish = async (): Promise<void> => {
    if (!isGone) await ctx.db.query(sql`delete from configuration_policies where policy_id = ${policyId}`);
    isGone = true;
  };
  return {
    ...ctx,
    registrar: {
      ...localRegistrar,
      async record(db, upload, step) {
        await vanish();
        return localRegistrar.record(db, upload, step);
      },
    },
    db: {
      ...ctx.db,
      async transaction(work) {
        await vanish();
        return ctx.db.transaction(work);
      },
    },
  };
}

test('a policy that vanishes while a job runs is 809 for its devices, and the job finishes', async () => {
  const customer = newCustomerId();
  const batches = `/v1/customers/${customer}/deviceBatches`;
  const first = await createPolicy(customer);
  const upload = await accept('POST', batches, { batchId: 'a', devices: [newDevice(first), newDevice()] });
  const uploaded = await run(whereItVanishes(first), customer, upload);
  assert.deepEqual(
    uploaded.devicesStatus.map((row) => row.errorCode ?? row.status),
    ['809', 'finished'],
  );
  const second = await createPolicy(customer);
  const id = uploaded.devicesStatus[1]?.deviceId;
  const update = await accept('PATCH', `/v1/customers/${customer}/DevicePolicyUpdates`, {
    devices: [{ id, policies: [{ value: second }] }],
  });
  const updated = await run(whereItVanishes(second), customer, update);
  assert.equal(updated.devicesStatus[0]?.errorCode, '809');
});

test('a policy update that keeps breaking ends with errors, and its devices keep their hashes', async () => {
  const customer = newCustomerId();
  const upload = await accept('POST', `/v1/customers/${customer}/deviceBatches`, {
    batchId: 'b',
    devices: [newDevice()],
  });
  const id = (await run(ctx, customer, upload)).devicesStatus[0]?.deviceId;
  const update = await accept('PATCH', `/v1/customers/${customer}/DevicePolicyUpdates`, {
    devices: [{ id, policies: [] }],
  });
  await abandonBatchJob(ctx, await leaseJob(ctx.db, update));
  const abandoned = await run(ctx, customer, update);
  assert.equal(abandoned.status, 'finished_with_errors');
  assert.equal(abandoned.devicesStatus[0]?.errorCode, '640');
  const hashes = await muster.database.query(sql`select 1 from hardware_hashes where device_id = ${id}`);
  assert.equal(hashes.length, 1);
});
