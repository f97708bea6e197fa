import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { deviceOutcomes, type DryRunResult } from '@muster/contract';
import { encodeHardwareHash } from '@muster/contract/testing/encode-hardware-hash';
import fc from 'fast-check';
import sql from 'sql-template-tag';
import { readFault } from '../conformance/faults.ts';
import { issueTestToken } from '../conformance/tokens.ts';
import { assertFits } from '../conformance/wire-schema.ts';
import { DryRunResult as DryRunResultSchema } from '../../../contract/src/partner-center/dry-run.ts';
import { newCustomerId, startTestMuster, type BatchStatus } from '../support/muster.ts';

const muster = await startTestMuster({ settings: { MUSTER_BODY_BYTES: '300000' } });

type Send = (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;

const post: Send = (path, body, headers) =>
  muster.call('POST', `/v1/customers/${path}`, { body, headers: headers ?? {} });
const patch: Send = (path, body) => muster.call('PATCH', `/v1/customers/${path}`, { body });

async function result(response: Response): Promise<DryRunResult> {
  const body = (await response.json()) as DryRunResult;
  assert.equal(response.status, 200, JSON.stringify(body));
  assertFits(DryRunResultSchema, body);
  return body;
}

async function finished(response: Response): Promise<BatchStatus> {
  assert.equal(response.status, 202, await response.text());
  return muster.finished(response.headers.get('location') ?? '');
}

/** How many rows every table has that an upload writes to, and whose devices are registered. */
async function stored(): Promise<unknown> {
  return muster.database.query(sql`
    select (select count(*) from customers) as customers, (select count(*) from device_batches) as batches,
      (select count(*) from batch_jobs) as jobs, (select count(*) from idempotent_requests) as requests,
      (select count(*) from hardware_hashes) as hashes, (select count(*) from device_keys) as keys,
      (select json_agg(d order by device_id) from devices as d) as devices`);
}

async function newPolicy(customer: string, name: string): Promise<string> {
  const response = await post(`${customer}/policies`, { name });
  return ((await response.json()) as { id: string }).id;
}

let named = 0;
function newDevice(): { serialNumber: string; oemManufacturerName: string; modelName: string } {
  named += 1;
  return { serialNumber: `DRY-${named}`, oemManufacturerName: 'Contoso', modelName: 'Book 3' };
}

/** The outcomes of a job in the words of a dry run. */
function outcomesOf({ devicesStatus }: BatchStatus): object[] {
  return devicesStatus.map(
    ({ status, errorCode, errorDescription = 'succeeded', serialNumber, productKey }) => {
      assert.match(String(status), /^finished/);
      return { outcome: errorDescription, errorCode, serialNumber, productKey };
    },
  );
}

function outcomesOfTrial({ devices }: DryRunResult): object[] {
  return devices.map(({ outcome, errorCode, serialNumber, productKey }) => ({
    outcome,
    errorCode,
    serialNumber,
    productKey,
  }));
}

/** Devices out of a small pool, so that they are often the same, known already, or contradict each other. */
function devicesOf(pool: string) {
  const number = fc.integer({ min: 0, max: 5 });
  const maker = { oemManufacturerName: 'Contoso', modelName: 'Book 3' };
  const serial = number.map((n) => `${pool}-${n}`);
  const hash = serial.map((serialNumber) =>
    encodeHardwareHash({ serialNumber, manufacturer: 'Contoso', model: 'Book 3' }),
  );
  return fc.oneof(
    serial.map((serialNumber) => ({ serialNumber, ...maker })),
    hash.map((hardwareHash) => ({ hardwareHash })),
    fc.record({ serialNumber: serial, hardwareHash: hash }).map((two) => ({ ...two, ...maker })),
    number.map((n) => ({ productKey: `${pool}-key-${n}` })),
    fc.constantFrom<object>(
      { hardwareHash: 'QUJD' },
      { serialNumber: 'Default string', ...maker },
      { serialNumber: `${pool}-0` },
      {},
    ),
  );
}

test('a dry run gives the outcomes of the upload made right after it, whatever is uploaded', async () => {
  let runs = 0;
  const seen = new Set<string>();
  const [customer, other] = [newCustomerId(), newCustomerId()];
  const policies = [await newPolicy(customer, 'Kiosk'), 'kiosk', randomUUID(), await newPolicy(other, 'Lab')];
  const policyOf = fc.option(fc.constantFrom(...policies), { nil: undefined, freq: 2 });
  await fc.assert(
    fc.asyncProperty(fc.gen(), fc.boolean(), async (generate, isNewBatch) => {
      runs += 1;
      const pool = `${process.pid}-${runs}`;
      const list = () => generate(fc.array, devicesOf(pool), { minLength: 1, maxLength: 20 });
      const batch = `batch ${pool}`;
      await finished(await post(`${customer}/deviceBatches`, { batchId: batch, devices: list() }));
      await finished(await post(`${other}/deviceBatches`, { batchId: batch, devices: list() }));
      const devices = [...list(), ...list()].map((device) => {
        const value = generate(() => policyOf);
        return value === undefined ? device : { ...device, policies: [{ key: 'o_o_b_e', value }] };
      });
      const path = `${customer}/deviceBatches${isNewBatch ? '' : `/${encodeURIComponent(batch)}/devices`}`;
      const body = isNewBatch ? { batchId: `new ${pool}`, devices } : devices;
      const before = await stored();
      const trial = await result(await post(`${path}?dryRun=true`, body));
      assert.deepEqual(await stored(), before, 'something was stored');
      const job = await finished(await post(path, body));
      assert.deepEqual(outcomesOfTrial(trial), outcomesOf(job));
      const { succeeded, failed, total } = trial.counts;
      assert.deepEqual({ succeeded, failed, total, processed: total }, job.progress);
      for (const { outcome } of trial.devices) seen.add(outcome);
    }),
    { numRuns: 8, seed: 15, endOnFailure: true },
  );
  const never = new Set(['StorageError', 'ZtdDeviceIsNotRegistered']);
  const possible = Object.keys(deviceOutcomes).filter((name) => !never.has(name));
  assert.deepEqual([...seen].sort(), ['succeeded', ...possible].sort(), 'every outcome was met');
});

function give(id: unknown, value?: unknown): object {
  return { id, policies: [{ value }] };
}

test('a dry run of a policy update gives the outcomes of the update made right after it', async () => {
  const [customer, other] = [newCustomerId(), newCustomerId()];
  const [policy, foreign] = [await newPolicy(customer, 'Kiosk'), await newPolicy(other, 'Lab')];
  const rows = await finished(
    await post(`${customer}/deviceBatches`, { batchId: 'b', devices: [newDevice(), newDevice()] }),
  );
  const [one, two] = rows.devicesStatus.map((row) => row.deviceId);
  const devices = [
    give(one, policy),
    give(two, 'KIOSK'),
    give(one),
    { id: two },
    give(one, foreign),
    give(two, randomUUID()),
    give(randomUUID(), policy),
    give('no guid', policy),
  ];
  const before = await stored();
  const trial = await result(await patch(`${customer}/DevicePolicyUpdates?dryRun=true`, { devices }));
  assert.deepEqual(await stored(), before);
  const job = await finished(await patch(`${customer}/DevicePolicyUpdates`, { devices }));
  assert.deepEqual(outcomesOfTrial(trial), outcomesOf(job));
  assert.deepEqual(
    trial.devices.map(({ deviceId }) => deviceId),
    job.devicesStatus.map(({ deviceId }) => deviceId),
  );
});

test('a dry run says each outcome in the language of the caller, and counts them', async () => {
  const customer = newCustomerId();
  const device = newDevice();
  await finished(await post(`${customer}/deviceBatches`, { batchId: 'b', devices: [device] }));
  const tryOut = async (locale: string) =>
    result(
      await post(`${customer}/devicebatches/B/devices?DRYRUN=True`, [device, device, {}, newDevice()], {
        'x-locale': locale,
      }),
    );
  const { devices, counts } = await tryOut('en-US');
  assert.deepEqual(devices[0], {
    serialNumber: device.serialNumber,
    outcome: 'ZtdDeviceAlreadyAssigned',
    errorCode: '806',
    meaning: 'The device is already registered to this customer.',
    remedy: 'No action is needed. To move the device to another batch, delete it first.',
  });
  assert.deepEqual(counts, {
    total: 4,
    succeeded: 1,
    failed: 3,
    byOutcome: {
      ZtdDeviceAlreadyAssigned: 1,
      ZtdDeviceDuplicated: 1,
      MissingZtdSerialNumberAndProductKey: 1,
      succeeded: 1,
    },
  });
  const [chinese] = (await tryOut('zh-TW')).devices;
  assert.deepEqual(
    [chinese?.meaning, chinese?.remedy],
    [
      deviceOutcomes.ZtdDeviceAlreadyAssigned.meaning['zh-TW'],
      deviceOutcomes.ZtdDeviceAlreadyAssigned.remedy['zh-TW'],
    ],
  );
});

test('a dry run claims no customer, and the same call with the same MS-RequestId is no repeat of it', async () => {
  const customer = newCustomerId();
  const body = { batchId: 'b', devices: [newDevice()] };
  const headers = { 'ms-requestid': randomUUID() };
  const before = await stored();
  const trial = await post(`${customer}/deviceBatches?dryRun=true`, body, headers);
  assert.equal(trial.headers.get('muster-customer-claimed'), null);
  assert.equal((await result(trial)).counts.succeeded, 1);
  assert.deepEqual(await stored(), before);
  const upload = await post(`${customer}/deviceBatches`, body, headers);
  assert.equal(upload.headers.get('muster-customer-claimed'), 'true');
  assert.equal((await finished(upload)).progress.succeeded, 1);
});

test('a dry run is refused with the fault of the call itself', async () => {
  const customer = newCustomerId();
  await finished(await post(`${customer}/deviceBatches`, { batchId: 'there', devices: [newDevice()] }));
  const one = [newDevice()];
  const create = `${customer}/deviceBatches`;
  const calls: [Send, string, unknown][] = [
    [post, create, { batchId: 'THERE', devices: one }],
    [post, create, { batchId: ' ', devices: one }],
    [post, create, { batchId: '..', devices: one }],
    [post, create, { batchId: 'new', devices: [] }],
    [post, create, { batchId: 'new', devices: Array.from({ length: 1001 }, () => ({})) }],
    [post, create, { batchId: 'new', devices: [{ serialNumber: 5 }] }],
    [post, create, { devices: one }],
    [post, create, '{'],
    [post, create, '"'.padEnd(300_001)],
    [post, `${create}/missing/devices`, one],
    [post, `${create}/there/devices`, []],
    [post, `${create}/there/devices`, { devices: one }],
    [patch, `${customer}/DevicePolicyUpdates`, { devices: [] }],
    [patch, `${customer}/DevicePolicyUpdates`, { devices: [{}] }],
  ];
  for (const [send, path, body] of calls) {
    const [trial, real] = [await send(`${path}?dryRun=true`, body), await send(path, body)];
    assert.equal(trial.status, real.status, path);
    assert.deepEqual(await readFault(trial), await readFault(real));
  }
});

test('a value of dryRun that is neither true nor false is refused, and the call is not carried out', async () => {
  const customer = newCustomerId();
  const body = { batchId: 'b', devices: [newDevice()] };
  const before = await stored();
  for (const query of [
    'dryRun=maybe',
    'dryRun=',
    'dryRun',
    'dryRun=1',
    'dryRun=true&dryRun=true',
    'dryRun=true&dryrun=false',
  ]) {
    const response = await post(`${customer}/deviceBatches?${query}`, body);
    assert.equal(response.status, 400, query);
    const fault = await readFault(response);
    assert.deepEqual([fault.data, fault.description], [['dryRun'], 'dryRun must be true or false.']);
  }
  assert.deepEqual(await stored(), before);
  assert.equal(
    (await finished(await post(`${customer}/deviceBatches?dryRun=false`, body))).progress.succeeded,
    1,
  );
});

test('a dry run takes the role of the call itself', async () => {
  const customer = newCustomerId();
  const token = await issueTestToken(muster, { roles: ['SalesAgents'] });
  const send = (method: string, path: string, body: object) =>
    muster.call(method, `/v1/customers/${customer}/${path}?dryRun=true`, { token, body });
  assert.equal((await send('POST', 'deviceBatches', { batchId: 'b', devices: [newDevice()] })).status, 200);
  assert.equal((await send('PATCH', 'DevicePolicyUpdates', { devices: [{ id: randomUUID() }] })).status, 403);
});
