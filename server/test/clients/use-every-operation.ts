import { connectPartner, ConflictError, NotFoundError, type TokenCredential } from '@muster/sdk';
import assert from 'node:assert/strict';
import { newDevice } from '../conformance/world.ts';
import { newCustomerId } from '../support/muster.ts';

/** A page of a device list holds 100 (`docs/wire.md` 6). */
const deviceCount = 101;

/** Does everything there is to do for a new customer, with the tokens of somebody else's credential. */
export async function useEveryOperation({
  baseUrl,
  getToken,
}: {
  readonly baseUrl: string;
  readonly getToken: TokenCredential['getToken'];
}): Promise<void> {
  const partner = connectPartner({ baseUrl, credentials: { getToken } });
  const customer = partner.customers.byId(newCustomerId());
  const { batchUploadStatus, configurationPolicies, deviceBatches, devicePolicy } = customer;

  const devices = Array.from({ length: deviceCount }, newDevice);
  const created = await deviceBatches.create({ batchId: 'First', devices });
  const job = await batchUploadStatus.byId(created.trackingId).wait();
  assert.deepEqual(new Set(job.devicesStatus.map(({ status }) => status)), new Set(['finished']));
  await assert.rejects(deviceBatches.create({ batchId: 'first', devices }), ConflictError);

  const batch = deviceBatches.byId('First');
  const added = await batch.devices.create([newDevice()]);
  await batchUploadStatus.byId(added.trackingId).wait();
  const listed = await batch.devices.list().toArray();
  assert.equal(new Set(listed.map(({ id }) => id)).size, deviceCount + 1);
  const batches = await deviceBatches.list().toArray();
  assert.deepEqual(
    batches.map(({ id, devicesCount }) => [id, devicesCount]),
    [['First', deviceCount + 1]],
  );

  const policy = await configurationPolicies.create({
    name: 'Kiosk',
    category: 'o_o_b_e',
    policySettings: ['skip_eula'],
  });
  const device = { id: listed[0]?.id ?? '', policies: [{ key: 'o_o_b_e', value: policy.id }] } as const;
  const assigned = await devicePolicy.update({ devices: [device] });
  await batchUploadStatus.byId(assigned.trackingId).wait();
  assert.equal((await configurationPolicies.byId(policy.id).get()).devicesAssignedCount, 1);

  await batch.devices.byId(device.id).delete();
  await configurationPolicies.byId(policy.id).delete();
  await assert.rejects(configurationPolicies.byId(policy.id).get(), NotFoundError);
}
