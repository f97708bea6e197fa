import assert from 'node:assert/strict';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { startTestMuster, type BatchStatus } from '../support/muster.ts';
import { readFault } from './faults.ts';
import { pathOf, send } from './wire-request.ts';
import { newDevice, newWorld, type World } from './world.ts';

const muster = await startTestMuster();

/** Adds one device and waits for what becomes of it. */
async function upload(world: World, device: object | string): Promise<BatchStatus['devicesStatus'][number]> {
  const body = typeof device === 'string' ? `[${device}]` : [device];
  const response = await send(world, { method: 'POST', path: pathOf('addDevices', world), body });
  assert.equal(response.status, 202, await response.text());
  const job = await muster.finished(response.headers.get('location') ?? '');
  return job.devicesStatus[0] ?? {};
}

async function createPolicy(world: World, body: object): Promise<Record<string, unknown>> {
  const response = await send(world, { method: 'POST', path: pathOf('createPolicy', world), body });
  const policy = (await response.json()) as Record<string, unknown>;
  assert.equal(response.status, 200, JSON.stringify(policy));
  return policy;
}

test('docs/wire.md 3: member names are read without regard to case, and a repeat in other letters is no error', async () => {
  const world = await newWorld(muster);
  const { serialNumber } = newDevice();
  const json = `{"SERIALNUMBER":"${serialNumber}","serialNumber":"${serialNumber}","OEMManufacturerName":"Contoso","ModelName":"Book 3"}`;
  const outcome = await upload(world, json);
  assert.equal(outcome.status, 'finished');
  assert.equal(outcome.serialNumber, serialNumber);
});

test('docs/wire.md 3: unknown members are ignored; ids, dates and counts that a client sends are, too', async () => {
  const world = await newWorld(muster);
  const device = await upload(world, {
    ...newDevice(),
    id: 'mine',
    uploadedDate: '2001-01-01T00:00:00',
    deviceBatchId: 'another',
    allowedOperations: ['delete'],
    attributes: { objectType: 'Device', more: 1 },
  });
  assert.equal(device.status, 'finished');
  assert.notEqual(device.deviceId, 'mine');
  const policy = await createPolicy(world, {
    id: 'mine',
    name: 'Mine',
    devicesAssignedCount: 9,
    createdDate: 'x',
  });
  assert.notEqual(policy.id, 'mine');
  assert.equal(policy.devicesAssignedCount, 0);
});

test('docs/wire.md 3: null, an empty identifier and the unset date are absent members', async () => {
  const world = await newWorld(muster);
  const device = newDevice();
  const outcome = await upload(world, {
    ...device,
    productKey: '',
    hardwareHash: null,
    policies: null,
    uploadedDate: '0001-01-01T00:00:00Z',
  });
  assert.deepEqual(Object.keys(outcome), ['deviceId', 'serialNumber', 'status', 'attributes']);
  const [stored] = await muster.database.query<{ product_key: string | null }>(sql`
    select product_key from devices where serial_number = ${device.serialNumber}`);
  assert.equal(stored?.product_key, null);
});

test('docs/wire.md 3: an empty list of policies is no error, and no policy', async () => {
  const world = await newWorld(muster);
  assert.equal((await upload(world, { ...newDevice(), policies: [] })).status, 'finished');
});

test('docs/wire.md 3: enums are read in snake case, Pascal case, lower case and as numbers', async () => {
  const world = await newWorld(muster);
  for (const key of ['o_o_b_e', 'OOBE', 'oobe', 1]) {
    const outcome = await upload(world, { ...newDevice(), policies: [{ key, value: world.policyId }] });
    assert.equal(outcome.status, 'finished', String(key));
  }
  for (const policySettings of [['skip_eula'], ['SkipEula'], ['skipeula'], [16], 16, 'SkipEula']) {
    const policy = await createPolicy(world, { name: 'Any', policySettings });
    assert.deepEqual(policy.policySettings, ['skip_eula'], JSON.stringify(policySettings));
  }
});

test('docs/wire.md 3: combined settings come in one text, and none of them is none', async () => {
  const world = await newWorld(muster);
  const both = ['remove_oem_preinstalls', 'skip_eula'];
  for (const text of [
    'remove_oem_preinstalls, _skip_eula',
    'RemoveOemPreinstalls, SkipEula',
    'SkipEula,RemoveOemPreinstalls',
  ]) {
    assert.deepEqual(
      (await createPolicy(world, { name: 'Any', policySettings: [text] })).policySettings,
      both,
    );
  }
  for (const nothing of [['none'], ['None'], [0], [], null])
    assert.deepEqual(
      (await createPolicy(world, { name: 'Any', policySettings: nothing })).policySettings,
      [],
    );
});

test('docs/wire.md 3: a category that a sample leaves unset, and so sends as none, is accepted', async () => {
  const world = await newWorld(muster);
  for (const category of ['none', 'None', 0, null])
    assert.equal((await createPolicy(world, { name: 'Any', category })).category, 'o_o_b_e');
});

test('docs/wire.md 3: a thousand devices with hashes of 4 KB fit into one call', async () => {
  const world = await newWorld(muster);
  const hardwareHash = 'T0FzAQEAHAAAAAoA6AOCOgEABgBgW7EdzorHH3g'.padEnd(4000, 'A');
  const devices = Array.from({ length: 1000 }, () => ({ ...newDevice(), hardwareHash }));
  const response = await send(world, { method: 'POST', path: pathOf('addDevices', world), body: devices });
  assert.equal(response.status, 202);
  const job = await muster.finished(response.headers.get('location') ?? '');
  assert.equal(job.progress.processed, 1000);
});

test('docs/wire.md 3: an empty text for an enum is no value, and a device id that is empty is missing', async () => {
  const world = await newWorld(muster);
  const policy = await send(world, {
    method: 'POST',
    path: pathOf('createPolicy', world),
    body: { name: 'Kiosk', category: '', policySettings: '' },
  });
  assert.equal(policy.status, 200);
  const path = pathOf('updateDevicePolicies', world);
  const device = { id: world.deviceId, policies: [{ key: '', value: '' }] };
  assert.equal((await send(world, { method: 'PATCH', path, body: { devices: [device] } })).status, 202);
  for (const id of ['', null]) {
    const answer = await send(world, { method: 'PATCH', path, body: { devices: [{ id }] } });
    assert.deepEqual((await readFault(answer)).data, ['devices[0].id']);
  }
});
