import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeHardwareHash } from '@muster/contract/testing/encode-hardware-hash';
import sql from 'sql-template-tag';
import { newCustomerId, startTestMuster, type BatchStatus } from '../support/muster.ts';

const muster = await startTestMuster();

let devices = 0;
function newHash(): string {
  devices += 1;
  return encodeHardwareHash({
    serialNumber: `HASH-${process.pid}-${devices}`,
    manufacturer: 'Contoso',
    model: 'Book 3',
  });
}

async function register(customer: string, list: readonly object[], batchId = 'batch'): Promise<BatchStatus> {
  const path = `/v1/customers/${customer}/deviceBatches`;
  const response = await muster.call('POST', path, { body: { batchId, devices: list } });
  assert.equal(response.status, 202, await response.text());
  return muster.finished(response.headers.get('location') ?? '');
}

async function stored(deviceId: unknown): Promise<object | undefined> {
  const [row] = await muster.database.query(sql`
    select (select count(*)::int from devices where device_id = ${deviceId}) as devices,
      (select count(*)::int from device_keys where device_id = ${deviceId}) > 0 as keys,
      (select count(*)::int from hardware_hashes where device_id = ${deviceId}) as hashes`);
  return row;
}

test('a deleted device leaves nothing behind: anyone may register it, and its job answer stays as it was', async () => {
  const [customer, other] = [newCustomerId(), newCustomerId()];
  const hardwareHash = newHash();
  const job = await register(customer, [{ hardwareHash }, { hardwareHash: newHash() }]);
  const deviceId = job.devicesStatus[0]?.deviceId;
  assert.deepEqual(await stored(deviceId), { devices: 1, keys: true, hashes: 1 });
  const taken = await register(other, [{ hardwareHash }], 'too early');
  assert.equal(taken.devicesStatus[0]?.errorCode, '808');

  const path = `/v1/customers/${customer}/deviceBatches/BATCH/devices/${deviceId}`;
  assert.equal((await muster.call('DELETE', path)).status, 204);
  assert.deepEqual(await stored(deviceId), { devices: 0, keys: false, hashes: 0 });
  assert.equal((await muster.call('DELETE', path)).status, 404);
  const batches = await muster.call('GET', `/v1/customers/${customer}/deviceBatches`);
  assert.partialDeepStrictEqual(await batches.json(), { items: [{ devicesCount: 1 }] });
  assert.deepEqual(
    await muster.finished(`/customers/${customer}/batchJobStatus/${job.batchTrackingId}`),
    job,
  );

  const free = await register(other, [{ hardwareHash }], 'now');
  assert.equal(free.devicesStatus[0]?.status, 'finished');
});

test('deletions of one device that race delete it once and count it once', async () => {
  const customer = newCustomerId();
  const job = await register(customer, [{ hardwareHash: newHash() }, { hardwareHash: newHash() }]);
  const path = `/v1/customers/${customer}/deviceBatches/batch/devices/${job.devicesStatus[0]?.deviceId}`;
  const answers = await Promise.all(Array.from({ length: 6 }, () => muster.call('DELETE', path)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 404, 404, 404, 404, 404]);
  const batches = await muster.call('GET', `/v1/customers/${customer}/deviceBatches`);
  assert.partialDeepStrictEqual(await batches.json(), { items: [{ devicesCount: 1 }] });
});

test('a device is deleted and changed under its own batch alone', async () => {
  const customer = newCustomerId();
  const job = await register(customer, [{ hardwareHash: newHash() }]);
  await register(customer, [{ hardwareHash: newHash() }], 'another');
  const path = `/v1/customers/${customer}/deviceBatches/another/devices/${job.devicesStatus[0]?.deviceId}`;
  assert.equal((await muster.call('DELETE', path)).status, 404);
  assert.equal((await muster.call('PUT', path, { body: { policies: [] } })).status, 404);
});

test('an update that says nothing of policies changes nothing and shows the device', async () => {
  const customer = newCustomerId();
  const job = await register(customer, [{ hardwareHash: newHash() }]);
  const id = job.devicesStatus[0]?.deviceId;
  const path = `/v1/customers/${customer}/deviceBatches/batch/devices/${id}`;
  const response = await muster.call('PUT', path, { body: { id, serialNumber: 'changed', policies: null } });
  assert.equal(response.status, 200);
  const device = (await response.json()) as Record<string, unknown>;
  assert.equal(device.serialNumber, job.devicesStatus[0]?.serialNumber);
  assert.equal('hardwareHash' in device, false);
});

test('a batch is being processed as long as a job adds devices to it', async () => {
  const customer = newCustomerId();
  await register(customer, [{ hardwareHash: newHash() }]);
  const status = async (): Promise<unknown> => {
    const response = await muster.call('GET', `/v1/customers/${customer}/deviceBatches`);
    return ((await response.json()) as { items: { status: string }[] }).items[0]?.status;
  };
  assert.equal(await status(), 'finished');
  await muster.database.query(sql`
    insert into batch_jobs (batch_tracking_id, customer_id, kind, device_batch_id, devices_total, submission, created_by, created_at)
    select gen_random_uuid(), customer_id, 'register_devices', device_batch_id, 0, '[]', 'test', now()
    from device_batches where customer_id = ${customer}`);
  assert.equal(await status(), 'processing');
});
