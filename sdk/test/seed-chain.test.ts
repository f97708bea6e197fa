import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newCustomerId, startTestMuster } from '../../server/test/support/muster.ts';
import {
  clientSecretCredential,
  connectPartner,
  isDeviceAssignedElsewhere,
  NotFoundError,
} from '../src/index.ts';
import { newDevices } from './support/devices.ts';

const muster = await startTestMuster();
const partner = connectPartner({
  baseUrl: muster.url,
  credentials: clientSecretCredential(muster.credentials),
});

test("the chain of the seed's page reads the exchange of the seed's page from a running Muster", async () => {
  const [device] = newDevices(1);
  assert.ok(device);
  const owner = partner.customers.byId(newCustomerId());
  const other = partner.customers.byId(newCustomerId());
  const first = await owner.deviceBatches.create({ batchId: 'Test batch #1', devices: [device] });
  await owner.batchUploadStatus.byId(first.trackingId).wait();

  const { trackingId } = await other.deviceBatches.create({
    batchId: 'SDKTestDeviceBatch',
    devices: [device],
  });
  await other.batchUploadStatus.byId(trackingId).wait();
  const details = await other.batchUploadStatus.byId(trackingId).get();

  assert.equal(details.batchTrackingId, trackingId);
  assert.equal(details.status, 'finished');
  assert.ok(details.startedTime && details.completedTime);
  assert.deepEqual(details.devicesStatus, [
    {
      serialNumber: device.serialNumber,
      status: 'finished_with_errors',
      errorCode: '808',
      errorDescription: 'ZtdDeviceAssignedToOtherTenant',
      attributes: { objectType: 'DeviceUploadDetails' },
    },
  ]);
  assert.ok(details.devicesStatus.every(isDeviceAssignedElsewhere));
});

test('devices are added to a batch, whatever its name and letter case', async () => {
  const { deviceBatches, batchUploadStatus } = partner.customers.byId(newCustomerId());
  const batchId = 'Büro 3 / 50% #1?';
  await deviceBatches.create({ batchId, devices: newDevices(1) });
  const job = await deviceBatches.byId(batchId.toUpperCase()).devices.create(newDevices(3));
  const details = await batchUploadStatus.byId(job.trackingId).wait();
  assert.deepEqual(
    details.devicesStatus.map(({ status }) => status),
    ['finished', 'finished', 'finished'],
  );
});

test('the job of nobody is a NotFoundError in the language of the partner', async () => {
  const chinese = connectPartner({
    baseUrl: muster.url,
    credentials: clientSecretCredential(muster.credentials),
    locale: 'zh-TW',
  });
  const { batchUploadStatus } = chinese.customers.byId(muster.credentials.customerId);
  const error = await batchUploadStatus
    .byId('8e4c622d-715a-464f-ab0c-cf203100edc4')
    .get()
    .catch((caught: unknown) => caught);
  assert.ok(error instanceof NotFoundError);
  assert.match(error.description, /批次作業/);
});
