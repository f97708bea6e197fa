import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultCatalog } from '@muster/contract';
import { startTestMuster } from '../support/muster.ts';
import { readFault } from './faults.ts';
import { exchangeRaw } from './raw-exchange.ts';
import { pathOf, send } from './wire-request.ts';
import { newDevice, newWorld } from './world.ts';

const muster = await startTestMuster();

test('wire.md 5: every fault has a status that no client retries for ever', () => {
  const statuses = new Set(Object.values(faultCatalog).map((fault) => fault.status));
  for (const status of statuses)
    assert.ok([400, 401, 403, 404, 409, 500, 503].includes(status), String(status));
});

test('wire.md 5: unknown routes, methods and versions are faults, too', async () => {
  const world = await newWorld(muster);
  for (const [method, path] of [
    ['GET', '/'],
    ['GET', '/v2/customers'],
    ['DELETE', pathOf('listDeviceBatches', world)],
    ['PATCH', pathOf('getPolicy', world)],
  ] as const) {
    const fault = await readFault(await send(world, { method, path }));
    assert.ok(
      ['OperationNotFound', 'MalformedBody'].includes(fault.name),
      `${method} ${path}: ${fault.name}`,
    );
  }
});

test('wire.md 5: paths with broken escapes and endless parameters are answered by the operation they are for', async () => {
  const world = await newWorld(muster);
  const batch = pathOf('listDevices', world, { batchId: 'BATCH' });
  for (const [path, fault] of [
    ['/v1/customers/%zz', 'InvalidInput'],
    ['/v1/customers/%ff', 'InvalidInput'],
    [batch.replace('BATCH', '100%'), 'BatchNotFound'],
    [batch.replace('BATCH', '%c3%28'), 'BatchNotFound'],
    [batch.replace('BATCH', 'x'.repeat(8000)), 'BatchNotFound'],
  ] as const) {
    const response = await send(world, { method: 'GET', path });
    assert.ok(response.headers.get('ms-requestid'));
    assert.equal((await readFault(response)).name, fault, path);
  }
});

test('wire.md 5: what is no HTTP at all is answered with a fault', async () => {
  const answer = await exchangeRaw(muster.url, 'GET / HTTP/9.9\r\nHo st: x\r\n\r\n');
  assert.equal(answer.status, 400);
  assert.deepEqual(Object.keys(JSON.parse(answer.body) as object), ['code', 'description', 'data', 'source']);
});

test('wire.md 5: an error to a DELETE has a fault body', async () => {
  const world = await newWorld(muster);
  const path = pathOf('deletePolicy', world, { policyId: crypto.randomUUID() });
  const fault = await readFault(await send(world, { method: 'DELETE', path }));
  assert.equal(fault.name, 'PolicyNotFound');
});

test('wire.md 5: a create that is sent twice is 409 for the second client and the first answer for a retry', async () => {
  const world = await newWorld(muster);
  const call = {
    method: 'POST',
    path: pathOf('createDeviceBatch', world),
    body: { batchId: 'twice', devices: [newDevice()] },
  };
  const headers = { 'MS-RequestId': crypto.randomUUID() };
  const first = await send(world, { ...call, headers });
  const retry = await send(world, { ...call, headers });
  assert.equal(retry.status, 202);
  assert.equal(retry.headers.get('location'), first.headers.get('location'));
  assert.equal((await readFault(await send(world, call))).name, 'BatchExists');
});

test('wire.md 5: a policy, a policy update and a deletion that are retried are answered as the first time, and done once', async () => {
  const world = await newWorld(muster);
  const [device, policy] = [{ id: world.deviceId }, { name: 'Once' }];
  const calls = [
    { method: 'POST', path: pathOf('createPolicy', world), body: policy },
    { method: 'PATCH', path: pathOf('updateDevicePolicies', world), body: { devices: [device] } },
    { method: 'DELETE', path: pathOf('deleteDevice', world) },
    { method: 'DELETE', path: pathOf('deletePolicy', world) },
  ];
  for (const call of calls) {
    const headers = { 'MS-RequestId': crypto.randomUUID() };
    const [first, retry] = [await send(world, { ...call, headers }), await send(world, { ...call, headers })];
    assert.equal(first.ok, true, call.path);
    assert.equal(retry.status, first.status);
    assert.equal(retry.headers.get('location'), first.headers.get('location'));
    assert.equal(await retry.text(), await first.text());
  }
  const list = await send(world, { method: 'GET', path: pathOf('listPolicies', world) });
  const { items } = (await list.json()) as { items: { name: string }[] };
  assert.deepEqual(
    items.map(({ name }) => name),
    ['Once'],
  );
});

test('wire.md 5: retries that meet half-way make one policy', async () => {
  const world = await newWorld(muster);
  const call = {
    method: 'POST',
    path: pathOf('createPolicy', world),
    body: { name: 'Once' },
    headers: { 'MS-RequestId': crypto.randomUUID() },
  };
  const answers = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const response = await send(world, call);
      return response.text();
    }),
  );
  assert.equal(new Set(answers).size, 1, answers.join('\n'));
});
