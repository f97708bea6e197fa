import { randomUUID } from 'node:crypto';
import assert from 'node:assert/strict';
import sql from 'sql-template-tag';
import { newCustomerId, type TestMuster } from '../support/muster.ts';

/** A customer with something of everything, for one test alone. */
export interface World {
  readonly muster: TestMuster;
  readonly customerId: string;
  /** With characters that need encoding, and letters of both cases. */
  readonly batchId: string;
  readonly deviceId: string;
  readonly policyId: string;
  /** Of the finished job that registered the device. */
  readonly trackingId: string;
}

let devicesMade = 0;

/** A device that nobody has seen. */
export function newDevice(): { serialNumber: string; oemManufacturerName: string; modelName: string } {
  devicesMade += 1;
  return {
    serialNumber: `SN-${process.pid}-${devicesMade}`,
    oemManufacturerName: 'Contoso',
    modelName: 'Book 3',
  };
}

/** Makes a customer with a batch of one device, and a policy that no device has. */
export async function newWorld(muster: TestMuster): Promise<World> {
  const customerId = newCustomerId();
  const batchId = `Test batch #1/${randomUUID().slice(0, 8)}`;
  const upload = await muster.call('POST', `/v1/customers/${customerId}/deviceBatches`, {
    body: { batchId, devices: [newDevice()] },
  });
  const job = await muster.finished(upload.headers.get('location') ?? '');
  const policy = await muster.call('POST', `/v1/customers/${customerId}/policies`, {
    body: { name: 'Kiosk', policySettings: ['skip_eula'] },
  });
  assert.equal(policy.status, 200);
  const { id } = (await policy.json()) as { id: string };
  return {
    muster,
    customerId,
    batchId,
    deviceId: String(job.devicesStatus[0]?.deviceId),
    policyId: id,
    trackingId: job.batchTrackingId,
  };
}

/** Everything stored for a customer that a refused request must leave alone, as one text. */
export async function fingerprint({ muster, customerId }: World): Promise<string> {
  const [row] = await muster.database.query<{ state: object }>(sql`
    select json_build_object(
      'batches', (select json_agg(b order by b.device_batch_id) from device_batches b where b.customer_id = ${customerId}),
      'jobs', (select json_agg(batch_tracking_id order by batch_tracking_id) from batch_jobs where customer_id = ${customerId}),
      'devices', (select json_agg(d order by d.device_id) from devices d where d.customer_id = ${customerId}),
      'keys', (select json_agg(k order by k.identity_key) from device_keys k where k.customer_id = ${customerId}),
      'policies', (select json_agg(p order by p.policy_id) from configuration_policies p where p.customer_id = ${customerId}),
      'requests', (select count(*) from idempotent_requests)) as state`);
  return JSON.stringify(row?.state);
}
