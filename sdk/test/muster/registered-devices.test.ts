import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newCustomerId, startTestMuster } from '../../../server/test/support/muster.ts';
import { BadRequestError, clientSecretCredential, connectPartner, NotFoundError } from '../../src/index.ts';
import { newDevices } from '../support/devices.ts';

const muster = await startTestMuster();
const partner = connectPartner({
  baseUrl: muster.url,
  credentials: clientSecretCredential(muster.credentials),
});

test('devices are found by serial number and prefix, page by page, and read by id and by customer', async () => {
  const customerId = newCustomerId();
  const devices = newDevices(5);
  await partner.customers.byId(customerId).deviceBatches.upload(devices, { batchId: 'May' }).finish();
  const serialNumber = devices[2]?.serialNumber ?? '';
  const [found, ...others] = await partner.devices.find({ serialNumber }).toArray();
  assert.deepEqual([found?.customerId, found?.batchId, others], [customerId, 'May', []]);
  assert.deepEqual(await partner.devices.get(found?.deviceId ?? ''), found);
  const serialPrefix = serialNumber.slice(0, -1);
  const byPrefix = await partner.devices.find({ serialPrefix }, { pageSize: 2 }).toArray();
  const listed = await partner.devices.list(customerId, { batchId: 'may', pageSize: 2 }).toArray();
  for (const list of [byPrefix, listed])
    assert.deepEqual(
      list.map((device) => device.serialNumber),
      devices.map((device) => device.serialNumber),
    );
});

test('a device tells its history, and keeps it when it is removed', async () => {
  const customerId = newCustomerId();
  const customer = partner.customers.byId(customerId);
  const [device = {}] = newDevices(1);
  await customer.deviceBatches.upload([device], { batchId: 'May' }).finish();
  await customer.deviceBatches.upload([device], { batchId: 'June' }).finish();
  const search = { serialNumber: device.serialNumber ?? '' };
  const [found] = await partner.devices.find(search).toArray();
  const deviceId = found?.deviceId ?? '';
  await customer.deviceBatches.byId('May').devices.byId(deviceId).delete();
  assert.deepEqual(await partner.devices.find(search).toArray(), []);
  const [removed] = await partner.devices.find({ ...search, includeRemoved: true }).toArray();
  assert.ok(removed?.deviceId === deviceId && removed.removedAt !== undefined);
  const history = await partner.devices.history(deviceId, { pageSize: 2 }).toArray();
  assert.deepEqual(
    history.map(({ kind, batchId, outcome }) => [kind, batchId, outcome]),
    [
      ['registered', 'May', 'succeeded'],
      ['upload_refused', 'June', 'ZtdDeviceAlreadyAssigned'],
      ['removed', undefined, undefined],
    ],
  );
});

test('what is not there, or is asked for wrongly, is an error of its own kind', async () => {
  await assert.rejects(partner.devices.get('00000000-0000-4000-8000-000000000001'), NotFoundError);
  await assert.rejects(partner.devices.find({}).toArray(), BadRequestError);
  await assert.rejects(partner.devices.history('nothing').toArray(), NotFoundError);
  assert.deepEqual(await partner.devices.find({ serialNumber: 'nobody has it' }).toArray(), []);
});
