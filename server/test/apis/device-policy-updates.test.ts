import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { newCustomerId, startTestMuster, type BatchStatus } from '../support/muster.ts';

const muster = await startTestMuster();
const key = 'o_o_b_e';

async function createPolicy(customer: string, name = 'Kiosk'): Promise<string> {
  const response = await muster.call('POST', `/v1/customers/${customer}/policies`, { body: { name } });
  return ((await response.json()) as { id: string }).id;
}

async function finished(response: Response): Promise<BatchStatus> {
  assert.equal(response.status, 202, await response.text());
  return muster.finished(response.headers.get('location') ?? '');
}

async function register(
  customer: string,
  devices: readonly object[],
  batchId = 'batch',
): Promise<BatchStatus> {
  return finished(
    await muster.call('POST', `/v1/customers/${customer}/deviceBatches`, { body: { batchId, devices } }),
  );
}

async function update(customer: string, devices: readonly object[]): Promise<BatchStatus> {
  return finished(
    await muster.call('PATCH', `/v1/customers/${customer}/DevicePolicyUpdates`, { body: { devices } }),
  );
}

let devices = 0;
function newDevice(): { serialNumber: string; oemManufacturerName: string; modelName: string } {
  devices += 1;
  return { serialNumber: `UPDATE-${devices}`, oemManufacturerName: 'Contoso', modelName: 'Book 3' };
}

async function policiesOf(customer: string): Promise<(string | undefined)[]> {
  const rows = await muster.database.query<{ policy_id: string | null }>(sql`
    select policy_id from devices where customer_id = ${customer} order by device_id`);
  return rows.map((row) => row.policy_id ?? undefined);
}

function give(id: string | undefined, value: unknown): object {
  return { id, policies: [{ key, value }] };
}

const unregistered = { errorCode: '807', errorDescription: 'ZtdDeviceIsNotRegistered' };

test('each device of a policy update has its own outcome, in order, whatever becomes of the others', async () => {
  const [customer, other] = [newCustomerId(), newCustomerId()];
  const policy = await createPolicy(customer);
  const foreignPolicy = await createPolicy(other);
  const rows = await register(customer, [newDevice(), newDevice(), newDevice(), newDevice()]);
  const foreign = await register(other, [newDevice()]);
  const ids = rows.devicesStatus.map((row) => String(row.deviceId));
  const foreignId = String(foreign.devicesStatus[0]?.deviceId);
  const strangerId = randomUUID();
  const job = await update(customer, [
    give(ids[0]?.toUpperCase(), policy),
    give(strangerId, policy),
    give(foreignId, policy),
    give('no guid', policy),
    give(ids[1], randomUUID()),
    give(ids[2], foreignPolicy),
    give(ids[3], 'KIOSK'),
  ]);
  assert.equal(job.status, 'finished');
  const serials = rows.devicesStatus.map((row) => row.serialNumber);
  const attributes = { objectType: 'DeviceUploadDetails' };
  const failed = { status: 'finished_with_errors', attributes };
  const unknownPolicy = { errorCode: '809', errorDescription: 'ZtdProfileIsNotRegistered' };
  const othersPolicy = { errorCode: '810', errorDescription: 'ZtdProfileAssignedToOtherTenant' };
  assert.deepEqual(job.devicesStatus, [
    { deviceId: ids[0], serialNumber: serials[0], status: 'finished', attributes },
    { deviceId: strangerId, ...failed, ...unregistered },
    { deviceId: foreignId, ...failed, ...unregistered },
    { deviceId: 'no guid', ...failed, ...unregistered },
    { deviceId: ids[1], serialNumber: serials[1], ...failed, ...unknownPolicy },
    { deviceId: ids[2], serialNumber: serials[2], ...failed, ...othersPolicy },
    { deviceId: ids[3], serialNumber: serials[3], status: 'finished', attributes },
  ]);
  assert.deepEqual(job.progress, { total: 7, processed: 7, succeeded: 2, failed: 5 });
  assert.deepEqual(await policiesOf(customer), [policy, undefined, undefined, policy]);
  assert.deepEqual(await policiesOf(other), [undefined]);
});

test('no value, an empty one, null and an empty list take the policy away; no list leaves it', async () => {
  const customer = newCustomerId();
  const policy = await createPolicy(customer);
  const given = (): object => ({ ...newDevice(), policies: [{ key, value: policy }] });
  const rows = await register(customer, [given(), given(), given(), given(), given(), given()]);
  const ids = rows.devicesStatus.map((row) => row.deviceId);
  const job = await update(customer, [
    { id: ids[0], policies: [{ key }] },
    { id: ids[1], policies: [{ key, value: '' }] },
    { id: ids[2], policies: [{ key, value: null }] },
    { id: ids[3], policies: [] },
    { id: ids[4], policies: null },
    { id: ids[5] },
  ]);
  assert.equal(job.progress.succeeded, 6);
  assert.deepEqual(await policiesOf(customer), [undefined, undefined, undefined, undefined, policy, policy]);
});

test('a device that stands twice in one update is done twice, and the last one counts', async () => {
  const customer = newCustomerId();
  const [first, last] = [await createPolicy(customer), await createPolicy(customer, 'Lab')];
  const rows = await register(customer, [newDevice()]);
  const id = rows.devicesStatus[0]?.deviceId;
  const job = await update(customer, [
    { id, policies: [{ value: first }] },
    { id, policies: [{ value: last }] },
    { id, policies: [{ value: randomUUID() }] },
    { id },
  ]);
  assert.deepEqual(
    job.devicesStatus.map((row) => row.errorCode ?? row.status),
    ['finished', 'finished', '809', 'finished'],
  );
  assert.deepEqual(await policiesOf(customer), [last]);
});

test('an update of a thousand devices, over the edges of the steps it is done in', async () => {
  const customer = newCustomerId();
  const policy = await createPolicy(customer);
  const rows = await register(customer, Array.from({ length: 1000 }, newDevice));
  const job = await update(
    customer,
    rows.devicesStatus.map((row) => ({ id: row.deviceId, policies: [{ value: policy }] })),
  );
  assert.deepEqual(job.progress, { total: 1000, processed: 1000, succeeded: 1000, failed: 0 });
  assert.deepEqual(new Set(await policiesOf(customer)), new Set([policy]));
});

test('updates that race over the same devices in other orders all finish', async () => {
  const customer = newCustomerId();
  const policies = await Promise.all(['a', 'b', 'c'].map((name) => createPolicy(customer, name)));
  const rows = await register(customer, Array.from({ length: 300 }, newDevice));
  const ids = rows.devicesStatus.map((row) => row.deviceId);
  const jobs = await Promise.all(
    policies.map((value, index) =>
      update(
        customer,
        (index % 2 === 0 ? ids : ids.toReversed()).map((id) => ({ id, policies: [{ value }] })),
      ),
    ),
  );
  for (const job of jobs) assert.equal(job.progress.succeeded, 300);
});

test('uploaded devices get the policy they name by id or by name; one that cannot is refused alone and not registered', async () => {
  const [customer, other] = [newCustomerId(), newCustomerId()];
  const policy = await createPolicy(customer, 'Kiosk');
  const foreignPolicy = await createPolicy(other, 'Elsewhere');
  await createPolicy(customer, 'Twin');
  await createPolicy(customer, 'twin');
  const asking = [
    policy.toUpperCase(),
    ' kiosk ',
    randomUUID(),
    foreignPolicy,
    'Elsewhere',
    'TWIN',
    'kiosk 2',
  ];
  const job = await register(
    customer,
    asking.map((value) => ({ ...newDevice(), policies: [{ key, value }] })),
  );
  assert.deepEqual(
    job.devicesStatus.map((row) => row.errorCode ?? row.status),
    ['finished', 'finished', '809', '810', '809', '809', '809'],
  );
  for (const row of job.devicesStatus.slice(2)) assert.equal(row.deviceId, undefined);
  assert.deepEqual(await policiesOf(customer), [policy, policy]);
  const [stored] = await muster.database.query<{ keys: number; counted: number }>(sql`
    select (select count(*)::int from device_keys where customer_id = ${customer}) as keys,
      (select devices_count from device_batches where customer_id = ${customer}) as counted`);
  assert.deepEqual(stored, { keys: 2, counted: 2 });
});

test('a device refused for its policy alone can be uploaded again, with a policy there is', async () => {
  const customer = newCustomerId();
  const device = newDevice();
  const wrong = { ...device, policies: [{ key, value: randomUUID() }] };
  // Its twin in the same upload is a duplicate: the first one counts, and is the one to mend.
  const first = await register(customer, [wrong, device], 'first');
  assert.deepEqual(
    first.devicesStatus.map((row) => row.errorDescription),
    ['ZtdProfileIsNotRegistered', 'ZtdDeviceDuplicated'],
  );
  const second = await register(customer, [device], 'second');
  assert.equal(second.devicesStatus[0]?.status, 'finished');
});

test('a known device is told so, whatever policy it asks for', async () => {
  const customer = newCustomerId();
  const device = newDevice();
  await register(customer, [device], 'first');
  const job = await register(customer, [{ ...device, policies: [{ value: randomUUID() }] }], 'second');
  assert.equal(job.devicesStatus[0]?.errorCode, '806');
});
