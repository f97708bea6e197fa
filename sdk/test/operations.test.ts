import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operations, type Operation } from '@muster/contract/operations';
import { connectPartner } from '../src/index.ts';
import { countingCredential } from './support/counting-credential.ts';

test('every operation of the contract has a method, and every method sends an operation of the contract', async () => {
  const sent = new Set<string>();
  const answer = { headers: { Location: '/customers/c/batchJobStatus/t' } };
  const partner = connectPartner({
    baseUrl: 'http://muster.example',
    credentials: countingCredential(),
    fetch: (url, init) => {
      sent.add(`${init?.method} ${new URL(String(url)).pathname.replace('/v1', '')}`);
      return Promise.resolve(
        init?.method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json({}, answer),
      );
    },
  });
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
  const promised = Object.values(operations as Record<string, Operation>).map(
    ({ method, path }) => `${method} ${path}`,
  );
  const written = Array.from(sent, (call) => call.replaceAll('%7B', '{').replaceAll('%7D', '}'));
  assert.deepEqual(written.sort(), promised.sort());
});
