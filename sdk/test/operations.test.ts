import assert from 'node:assert/strict';
import { test } from 'node:test';
import { musterOperations } from '@muster/contract/muster/muster-operations';
import { operations, type Operation } from '@muster/contract/operations';
import { connectPartner } from '../src/index.ts';
import { countingCredential } from './support/counting-credential.ts';

/** A partner whose service writes down what it is sent, and answers that there is nothing. */
function connectRecorder() {
  const sent = new Set<string>();
  const answer = { headers: { Location: '/customers/c/batchJobStatus/t' } };
  const partner = connectPartner({
    baseUrl: 'http://muster.example',
    credentials: countingCredential(),
    fetch: (url, init) => {
      const path = new URL(String(url)).pathname.replaceAll('%7B', '{').replaceAll('%7D', '}');
      sent.add(`${init?.method} ${path}`);
      return Promise.resolve(
        init?.method === 'DELETE'
          ? new Response(null, { status: 204 })
          : Response.json({ items: [] }, answer),
      );
    },
  });
  return { partner, sent };
}

function promised(api: string, rows: Readonly<Record<string, Operation>>): string[] {
  return Object.values(rows).map(({ method, path }) => `${method} ${api}${path}`);
}

test('every operation of Partner Center has a method, and every method sends an operation of the contract', async () => {
  const { partner, sent } = connectRecorder();
  const customer = partner.customers.byId('{customerId}');
  const devices = customer.deviceBatches.byId('{batchId}').devices;
  const policy = customer.configurationPolicies.byId('{policyId}');
  await partner.profiles.organizationProfile.get();
  await partner.customers.list().toArray();
  await customer.get();
  await customer.deviceBatches.create({ batchId: 'b', devices: [] });
  await customer.deviceBatches.list().toArray();
  await devices.create([]);
  await devices.list().toArray();
  await devices.byId('{deviceId}').update({});
  await devices.byId('{deviceId}').delete();
  await customer.devicePolicy.update({ devices: [] });
  await customer.batchUploadStatus.byId('{trackingId}').get();
  await customer.configurationPolicies.create({ name: 'n' });
  await customer.configurationPolicies.list().toArray();
  await policy.get();
  await policy.update({});
  await policy.delete();
  assert.deepEqual([...sent].sort(), promised('/v1', operations).sort());
});

test("every operation of Muster's own API has a method, and every method sends an operation of the contract", async () => {
  const { partner, sent } = connectRecorder();
  await partner.devices.find({ serialNumber: 's' }).toArray();
  await partner.devices.get('{deviceId}');
  await partner.devices.history('{deviceId}').toArray();
  await partner.devices.list('{customerId}').toArray();
  await partner.jobs.list().toArray();
  await partner.hardwareHashes.decode(['hash']);
  await partner.audit.list().toArray();
  await partner.jobs.get('{trackingId}');
  await partner.jobs.devices('{trackingId}').toArray();
  await partner.events.list().toArray();
  const webhook = partner.webhooks.byId('{endpointId}');
  await partner.webhooks.create({ url: 'https://hooks.example' });
  await partner.webhooks.list();
  await webhook.get();
  await webhook.update({});
  await webhook.rotateSecret();
  await webhook.ping();
  await webhook.deliveries().toArray();
  await webhook.resend('{eventId}');
  await webhook.delete();
  await partner.removals.ofJob('{trackingId}').start();
  await partner.removals.ofBatch('{customerId}', '{batchId}').start();
  await partner.removals.ofDevices('{customerId}', []).preview();
  assert.deepEqual([...sent].sort(), promised('/muster/v1', musterOperations).sort());
});
