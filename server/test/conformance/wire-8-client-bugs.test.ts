import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestMuster } from '../support/muster.ts';
import { pathOf, send } from './wire-request.ts';
import { newWorld } from './world.ts';

const muster = await startTestMuster();

test('docs/wire.md 8.1: a policy delete that goes out as GET deletes nothing', async () => {
  const world = await newWorld(muster);
  const path = pathOf('getPolicy', world);
  assert.equal((await send(world, { method: 'GET', path })).status, 200);
  assert.equal((await send(world, { method: 'GET', path })).status, 200);
});

test('docs/wire.md 8.2: an update with {2} for the device id is for the device of the body, and for no other', async () => {
  const world = await newWorld(muster);
  const path = pathOf('updateDevice', world, { deviceId: '{2}' });
  assert.match(path, /%7B2%7D$/);
  const policies = [{ key: 'o_o_b_e', value: world.policyId }];
  const done = await send(world, { method: 'PUT', path, body: { id: world.deviceId, policies } });
  assert.equal(done.status, 200);
  assert.deepEqual(((await done.json()) as { policies: unknown }).policies, policies);
  const nobody = await send(world, { method: 'PUT', path, body: { policies } });
  assert.equal(nobody.status, 404);
});

test('docs/wire.md 8.6: devices sent to a batch without its slash are not taken for a batch', async () => {
  const world = await newWorld(muster);
  const path = `/v1/customers/${world.customerId}/deviceBatches${encodeURIComponent(world.batchId)}/devices`;
  assert.equal((await send(world, { method: 'POST', path, body: [] })).status, 404);
});
