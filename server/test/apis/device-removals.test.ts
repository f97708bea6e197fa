import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { DryRunResult } from '@muster/contract';
import type { Job } from '@muster/contract/muster/job';
import { encodeHardwareHash } from '@muster/contract/testing/encode-hardware-hash';
import sql from 'sql-template-tag';
import { readFault } from '../conformance/faults.ts';
import { insertTestPartner, issueTestToken } from '../conformance/tokens.ts';
import { deleteDevices } from '../../src/store/registry/device-removals.ts';
import { newCustomerId, startTestMuster, type BatchStatus } from '../support/muster.ts';

const muster = await startTestMuster();
const maker = { oemManufacturerName: 'Contoso', modelName: 'Book 3' };

let made = 0;
function newDevice(): { serialNumber: string; oemManufacturerName: string; modelName: string } {
  made += 1;
  return { serialNumber: `GONE-${made}`, ...maker };
}

function withHash({ serialNumber }: { serialNumber: string }): object {
  return { hardwareHash: encodeHardwareHash({ serialNumber, manufacturer: 'Contoso', model: 'Book 3' }) };
}

async function upload(customer: string, batchId: string, devices: readonly object[]): Promise<BatchStatus> {
  const path = `/v1/customers/${customer}/deviceBatches`;
  const created = await muster.call('POST', path, { body: { batchId, devices } });
  const response =
    created.status === 409
      ? await muster.call('POST', `${path}/${batchId}/devices`, { body: devices })
      : created;
  assert.equal(response.status, 202, await response.text());
  return muster.finished(response.headers.get('location') ?? '');
}

/** Starts a removal and waits for its job. */
async function remove(
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<BatchStatus> {
  const response = await muster.call('POST', `/muster/v1${path}`, { ...(body && { body }), headers });
  const job = (await response.json()) as Job;
  assert.equal(response.status, 202, JSON.stringify(job));
  assert.equal(job.kind, 'remove_devices');
  const location = response.headers.get('location') ?? '';
  assert.ok(location.endsWith(job.trackingId));
  return muster.finished(location);
}

async function preview(path: string, body?: object): Promise<DryRunResult> {
  const response = await muster.call('POST', `/muster/v1${path}?dryRun=true`, body && { body });
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()) as DryRunResult;
}

function namesOf(job: BatchStatus): unknown[] {
  return job.devicesStatus.map(({ status, errorDescription }) => errorDescription ?? status);
}

interface Stored {
  readonly devices: number;
  readonly keys: number;
  readonly hashes: number;
  readonly counted: number;
}

/** What is stored of a customer's devices. */
async function stored(customer: string): Promise<Stored | undefined> {
  const [row] = await muster.database.query<Stored>(sql`
    select (select count(*)::int from devices where customer_id = ${customer}) as devices,
      (select count(*)::int from device_keys where customer_id = ${customer}) as keys,
      (select count(*)::int from hardware_hashes where device_id in
        (select device_id from devices where customer_id = ${customer})) as hashes,
      (select coalesce(sum(devices_count), 0)::int from device_batches where customer_id = ${customer}) as counted`);
  return row;
}

test('undoing a job removes what it registered and nothing else, hashes and keys included', async () => {
  const customer = newCustomerId();
  const [kept, one, two] = [newDevice(), newDevice(), newDevice()];
  await upload(customer, 'b', [kept]);
  const job = await upload(customer, 'b', [withHash(one), kept, two, {}]);
  const [{ hashes: before } = { hashes: 0 }] = await muster.database.query<{ hashes: number }>(
    sql`select count(*)::int as hashes from hardware_hashes`,
  );
  const path = `/jobs/${job.batchTrackingId}/undo`;
  const trial = await preview(path);
  assert.deepEqual(trial.devices, [
    { deviceId: job.devicesStatus[0]?.deviceId, serialNumber: one.serialNumber, outcome: 'succeeded' },
    { deviceId: job.devicesStatus[2]?.deviceId, serialNumber: two.serialNumber, outcome: 'succeeded' },
  ]);
  assert.equal((await stored(customer))?.devices, 3, 'a preview removes nothing');
  const undone = await remove(path);
  assert.equal(undone.status, 'finished');
  assert.deepEqual(
    undone.devicesStatus.map(({ deviceId, serialNumber, status }) => ({ deviceId, serialNumber, status })),
    trial.devices.map(({ deviceId, serialNumber }) => ({ deviceId, serialNumber, status: 'finished' })),
  );
  assert.deepEqual(await stored(customer), { devices: 1, keys: 1, hashes: 0, counted: 1 });
  const [{ hashes: after } = { hashes: 0 }] = await muster.database.query<{ hashes: number }>(
    sql`select count(*)::int as hashes from hardware_hashes`,
  );
  assert.equal(after, before - 1);
  const records = await muster.database.query<{ customer_id: string; target: Record<string, string> }>(sql`
    select customer_id, target from audit_records where operation = 'undoJob'`);
  assert.deepEqual(records, [
    {
      customer_id: customer,
      target: { trackingId: job.batchTrackingId, batchTrackingId: undone.batchTrackingId, devices: '2' },
    },
  ]);
  // From now on anybody may register them, and the first job's answer stays.
  assert.deepEqual(namesOf(await upload(newCustomerId(), 'b', [withHash(one), two])), [
    'finished',
    'finished',
  ]);
  assert.deepEqual(
    namesOf(await muster.finished(`/customers/${customer}/batchJobStatus/${job.batchTrackingId}`)),
    namesOf(job),
  );
});

test('devices that another upload registered since, or that another customer has, stay and say so', async () => {
  const [customer, other] = [newCustomerId(), newCustomerId()];
  const devices = [newDevice(), newDevice(), newDevice(), newDevice()];
  const job = await upload(customer, 'b', devices);
  const path = `/jobs/${job.batchTrackingId}/undo`;
  const ids = job.devicesStatus.map(({ deviceId }) => deviceId);
  await remove(`/customers/${customer}/deviceRemovals`, { deviceIds: ids.slice(1) });
  await upload(customer, 'c', devices.slice(2, 3));
  await upload(other, 'b', devices.slice(3));
  const expected = [
    'succeeded',
    'ZtdDeviceIsNotRegistered',
    'ZtdDeviceAlreadyAssigned',
    'ZtdDeviceAssignedToOtherTenant',
  ];
  assert.deepEqual(
    (await preview(path)).devices.map(({ outcome }) => outcome),
    expected,
  );
  assert.deepEqual(namesOf(await remove(path)), ['finished', ...expected.slice(1)]);
  assert.equal((await stored(customer))?.devices, 1);
  assert.equal((await stored(other))?.devices, 1);
});

test('removing a batch removes every device of it, over the edges of steps, and leaves other batches alone', async () => {
  const customer = newCustomerId();
  await upload(customer, 'Other', [newDevice()]);
  await upload(customer, 'Office', Array.from({ length: 300 }, newDevice));
  await upload(customer, 'Office', Array.from({ length: 10 }, newDevice));
  const path = `/customers/${customer}/deviceBatches/OFFICE/removal`;
  assert.equal((await preview(path)).counts.succeeded, 310);
  const job = await remove(path);
  assert.deepEqual(job.progress, { total: 310, processed: 310, succeeded: 310, failed: 0 });
  assert.deepEqual(await stored(customer), { devices: 1, keys: 1, hashes: 0, counted: 1 });
  const again = await muster.call('POST', `/muster/v1${path}`);
  assert.equal(again.status, 409);
  assert.match((await readFault(again)).description, /no devices to remove/);
  // The batch is still there, to be filled again.
  assert.equal((await upload(customer, 'Office', [newDevice()])).progress.succeeded, 1);
});

test('devices are removed by id in the order given, each once; the same request again is the same job', async () => {
  const customer = newCustomerId();
  const { devicesStatus } = await upload(customer, 'b', [newDevice(), newDevice()]);
  const [one = '', two = ''] = devicesStatus.map(({ deviceId }) => String(deviceId));
  const stranger = randomUUID();
  const deviceIds = [two.toUpperCase(), stranger, 'no guid', one, two];
  const headers = { 'ms-requestid': randomUUID() };
  const path = `/customers/${customer}/deviceRemovals`;
  const job = await remove(path, { deviceIds }, headers);
  assert.deepEqual(
    job.devicesStatus.map(({ deviceId, errorCode }) => [deviceId, errorCode]),
    [
      [two, undefined],
      [stranger, '807'],
      ['no guid', '807'],
      [one, undefined],
    ],
  );
  const again = await muster.call('POST', `/muster/v1${path}`, { body: { deviceIds }, headers });
  assert.equal(again.headers.get('muster-replayed'), 'true');
  assert.equal(((await again.json()) as Job).trackingId, job.batchTrackingId);
});

test('what cannot be removed is refused plainly, and nothing is removed', async () => {
  const customer = newCustomerId();
  const job = await upload(customer, 'b', [newDevice()]);
  const id = job.devicesStatus[0]?.deviceId;
  const nothing = await upload(customer, 'b', [{}]);
  const policies = await muster.call('PATCH', `/v1/customers/${customer}/DevicePolicyUpdates`, {
    body: { devices: [{ id }] },
  });
  const policyJob = await muster.finished(policies.headers.get('location') ?? '');
  const path = `/customers/${customer}`;
  const foreign = await issueTestToken(muster, { partnerId: await insertTestPartner(muster) });
  const refused: [status: number, path: string, body?: unknown, token?: string][] = [
    [404, `/jobs/${randomUUID()}/undo`],
    [404, '/jobs/nonsense/undo'],
    [404, `/jobs/${job.batchTrackingId}/undo`, undefined, foreign],
    [403, `${path}/deviceRemovals`, { deviceIds: [id] }, foreign],
    [
      403,
      `/jobs/${job.batchTrackingId}/undo`,
      undefined,
      await issueTestToken(muster, { roles: ['SalesAgents'] }),
    ],
    [409, `/jobs/${nothing.batchTrackingId}/undo`],
    [409, `/jobs/${policyJob.batchTrackingId}/undo`],
    [404, `${path}/deviceBatches/missing/removal`],
    [404, `${path}/deviceBatches/%00/removal`],
    [400, `${path}/deviceRemovals`, { deviceIds: [] }],
    [400, `${path}/deviceRemovals`, { deviceIds: Array.from({ length: 1001 }, () => id) }],
    [400, `${path}/deviceRemovals`, { deviceIds: [5] }],
    [400, `${path}/deviceRemovals`, { ids: [id] }],
    [400, `${path}/deviceRemovals`, '{'],
    [400, `${path}/deviceRemovals?dryRun=maybe`, { deviceIds: [id] }],
    [400, `/jobs/${job.batchTrackingId}/undo?dryrun=true`],
  ];
  for (const [status, place, body, token] of refused) {
    const response = await muster.call('POST', `/muster/v1${place}`, {
      body,
      ...(token !== undefined && { token }),
    });
    assert.equal(response.status, status, place);
    assert.ok((await readFault(response)).description.length > 10);
  }
  assert.equal((await stored(customer))?.devices, 1);
});

test('a job that has not ended cannot be undone yet', async () => {
  const customer = newCustomerId();
  const job = await upload(customer, 'b', [newDevice()]);
  await muster.database.query(sql`
    update batch_jobs set status = 'processing', completed_at = null, due_at = 'infinity'
    where batch_tracking_id = ${job.batchTrackingId}`);
  const response = await muster.call('POST', `/muster/v1/jobs/${job.batchTrackingId}/undo`);
  assert.equal(response.status, 409);
  assert.match((await readFault(response)).description, /is not finished/);
});

test('a removal that races uploads of the same devices leaves no half state, whoever is first', async () => {
  const customer = newCustomerId();
  const devices = Array.from({ length: 40 }, newDevice);
  let { devicesStatus } = await upload(customer, 'b', devices);
  for (let round = 0; round < 4; round += 1) {
    const deviceIds = devicesStatus.flatMap(({ deviceId }) => (deviceId === undefined ? [] : [deviceId]));
    const removal = deviceIds.length > 0 && remove(`/customers/${customer}/deviceRemovals`, { deviceIds });
    const uploads = Promise.all([
      upload(customer, 'b', devices),
      upload(customer, 'b', devices.toReversed()),
    ]);
    await Promise.all([removal, uploads]);
    const registered = await stored(customer);
    const { devices: there = 0 } = registered ?? {};
    assert.deepEqual(registered, { devices: there, keys: there, hashes: 0, counted: there });
    ({ devicesStatus } = await upload(customer, 'b', devices));
    assert.deepEqual(await stored(customer), { devices: 40, keys: 40, hashes: 0, counted: 40 });
    const rows = await muster.database.query<{ device_id: string }>(
      sql`select device_id from devices where customer_id = ${customer}`,
    );
    devicesStatus = rows.map(({ device_id: deviceId }) => ({ deviceId }));
  }
});

test('of two removals that meet at a device the second waits and finds nothing, and an upload registers it anew', async () => {
  const customer = newCustomerId();
  const device = newDevice();
  const first = await upload(customer, 'b', [device]);
  const id = String(first.devicesStatus[0]?.deviceId);
  const removal = { customerId: customer, deviceIds: [id], removedAt: new Date() };
  const removed = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const removing = muster.database.transaction(async (tx) => {
    assert.deepEqual([...(await deleteDevices(tx, removal))], [id]);
    removed.resolve();
    await go.promise;
  });
  await removed.promise;
  // Another removal of it finds nothing once the first is committed.
  const second = muster.database.transaction((tx) => deleteDevices(tx, removal));
  go.resolve();
  await removing;
  assert.deepEqual([...(await second)], []);
  assert.deepEqual(namesOf(await upload(customer, 'b', [device])), ['finished']);
  assert.deepEqual(await stored(customer), { devices: 1, keys: 1, hashes: 0, counted: 1 });
});
