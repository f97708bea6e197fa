import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newCustomerId, startTestMuster } from '../../../server/test/support/muster.ts';
import { BadRequestError, clientSecretCredential, connectPartner, NotFoundError } from '../../src/index.ts';
import { briskRuntime } from '../support/brisk-runtime.ts';
import { newDevices } from '../support/devices.ts';
import { seeThroughFaults } from '../support/muster.ts';

const muster = await startTestMuster();
const partner = connectPartner({
  baseUrl: muster.url,
  credentials: clientSecretCredential(muster.credentials),
  runtime: briskRuntime(),
});

async function newCustomer(devicesCount: number) {
  const customer = partner.customers.byId(newCustomerId());
  const devices = newDevices(devicesCount);
  await customer.deviceBatches.upload(devices, { batchId: 'Office' }).finish();
  return { customer, devices, office: customer.deviceBatches.byId('Office') };
}

test('a batch of any size is listed whole, each device once, and batches tell their sizes', async () => {
  const { customer, devices, office } = await newCustomer(257);
  const listed = await office.devices.list().toArray();
  assert.deepEqual(
    listed.map(({ serialNumber }) => serialNumber),
    devices.map(({ serialNumber }) => serialNumber),
  );
  assert.ok(listed.every((device) => !('hardwareHash' in device)));
  const [batch, ...others] = await customer.deviceBatches.list().toArray();
  assert.deepEqual([batch?.id, batch?.devicesCount, others], ['Office', 257, []]);
});

test('a policy is made, changed, assigned to devices, taken from one, and deleted', async () => {
  const { customer, office } = await newCustomer(3);
  const { configurationPolicies, devicePolicy, batchUploadStatus } = customer;
  const created = await configurationPolicies.create({
    name: 'No local admin',
    category: 'o_o_b_e',
    policySettings: ['oobe_user_not_local_admin', 'skip_eula'],
  });
  const policy = configurationPolicies.byId(created.id);
  await policy.update({ name: 'Renamed' }, { ifMatch: created.attributes.etag });
  await assert.rejects(
    policy.update({ name: 'Late' }, { ifMatch: created.attributes.etag }),
    BadRequestError,
  );
  assert.equal((await policy.get()).name, 'Renamed');

  const ids = (await office.devices.list().toArray()).map(({ id }) => id);
  const policies = [{ key: 'o_o_b_e', value: created.id }] as const;
  const job = await devicePolicy.update({ devices: ids.map((id) => ({ id, policies })) });
  const { devicesStatus } = await batchUploadStatus.byId(job.trackingId).wait();
  assert.deepEqual(
    devicesStatus.map(({ status }) => status),
    ['finished', 'finished', 'finished'],
  );
  const [listed] = await configurationPolicies.list().toArray();
  assert.equal(listed?.devicesAssignedCount, 3);

  for (const id of ids) await office.devices.byId(id).update({ policies: [] });
  assert.deepEqual(
    (await office.devices.list().toArray()).map((device) => device.policies.length),
    [0, 0, 0],
  );
  await policy.delete();
  await assert.rejects(policy.get(), NotFoundError);
});

test('a device that is removed is gone from its batch, and can be registered again', async () => {
  const { customer, devices, office } = await newCustomer(2);
  const [first] = await office.devices.list().toArray();
  assert.ok(first);
  await office.devices.byId(first.id).delete();
  assert.equal((await office.devices.list().toArray()).length, 1);
  await assert.rejects(office.devices.byId(first.id).delete(), NotFoundError);
  const again = await customer.deviceBatches.upload(devices, { batchId: 'Office' }).finish();
  assert.deepEqual(again.byOutcome, { finished: 1, ZtdDeviceAlreadyAssigned: 1 });
});

test('customers are listed over all pages, and one is read by its id; the partner tells who it is', async () => {
  const ids = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const id = newCustomerId();
      await partner.customers.byId(id).deviceBatches.upload(newDevices(1), { batchId: 'b' }).finish();
      return id;
    }),
  );
  const listed = (await partner.customers.list({ pageSize: 2 }).toArray()).map(({ id }) => id);
  assert.equal(new Set(listed).size, listed.length);
  for (const id of ids) assert.ok(listed.includes(id));
  assert.equal((await partner.customers.byId(ids[0] ?? '').get()).id, ids[0]);
  assert.equal((await partner.profiles.organizationProfile.get()).id, muster.credentials.tenantId);
});

test('a policy whose creation was answered into a broken connection is there once', async (t) => {
  let lost = 0;
  const { connect } = await seeThroughFaults(t, muster, ({ method, path }) =>
    method === 'POST' && path.endsWith('/policies') && lost++ < 2 ? 'lose' : undefined,
  );
  const { configurationPolicies } = connect();
  const created = await configurationPolicies.create({ name: 'Once' });
  const listed = await configurationPolicies.list().toArray();
  assert.deepEqual(
    listed.map(({ id }) => id),
    [created.id],
  );
});
