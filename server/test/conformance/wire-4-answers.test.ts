import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operations, type OperationId } from '@muster/contract';
import { newCustomerId, startTestMuster } from '../support/muster.ts';
import { exchangeRaw } from './raw-exchange.ts';
import { pathOf, send } from './wire-request.ts';
import { newDevice, newWorld, type World } from './world.ts';

const muster = await startTestMuster();

const reads = (Object.keys(operations) as OperationId[]).filter((id) => operations[id].method === 'GET');

/** Every read of a world in which everything has something in it. */
async function readAll(world: World): Promise<{ id: OperationId; response: Response; text: string }[]> {
  const body = { policies: [{ key: 'o_o_b_e', value: world.policyId }] };
  await send(world, { method: 'PUT', path: pathOf('updateDevice', world), body });
  return Promise.all(
    reads.map(async (id) => {
      const response = await send(world, { method: 'GET', path: pathOf(id, world) });
      return { id, response, text: await response.text() };
    }),
  );
}

/** Every member of a JSON value, at any depth. */
function members(value: unknown, name = ''): { name: string; value: unknown }[] {
  if (Array.isArray(value)) return [{ name, value }, ...value.flatMap((one) => members(one, name))];
  if (typeof value !== 'object' || value === null) return [{ name, value }];
  return [{ name, value }, ...Object.entries(value).flatMap(([key, one]) => members(one, key))];
}

test('docs/wire.md 4: members are in camel case, enums in snake case, nothing is null, dates are ISO 8601 in UTC', async () => {
  for (const { id, text } of await readAll(await newWorld(muster))) {
    for (const { name, value } of members(JSON.parse(text))) {
      assert.match(name, /^([a-z][a-zA-Z]*)?$/, id);
      assert.notEqual(value, null, `${id} ${name}`);
      if (/(Date|Time)$/.test(name))
        assert.match(String(value), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, `${id} ${name}`);
      if (name === 'status' || name === 'category')
        assert.match(String(value), /^(processing|queued|finished|finished_with_errors|o_o_b_e)$/);
    }
  }
});

test('docs/wire.md 4: JSON in UTF-8 without a byte order mark and with nothing after it', async () => {
  for (const { id, response, text } of await readAll(await newWorld(muster))) {
    assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8', id);
    assert.match(text, /^\{[^]*\}$/, id);
  }
});

test('docs/wire.md 4: every resource and collection says its object type', async () => {
  for (const { id, text } of await readAll(await newWorld(muster))) {
    const body = JSON.parse(text) as {
      attributes?: { objectType?: string };
      items?: { attributes?: { objectType?: string } }[];
    };
    assert.ok(body.attributes?.objectType, id);
    for (const item of body.items ?? []) assert.ok(item.attributes?.objectType, id);
  }
});

test('docs/wire.md 4: a collection is an object with totalCount, items, links and attributes, and never a bare list', async () => {
  const lists = (await readAll(await newWorld(muster))).filter(({ id }) => id.startsWith('list'));
  assert.equal(lists.length, 4);
  for (const { id, text } of lists) {
    const body = JSON.parse(text) as { items: unknown[] };
    assert.deepEqual(Object.keys(body).slice(0, 4), ['totalCount', 'items', 'links', 'attributes'], id);
    assert.ok(Array.isArray(body.items));
  }
});

test('docs/wire.md 4: a link to devices is percent-encoded, and leads there as it is', async () => {
  const world = await newWorld(muster);
  const list = await send(world, { method: 'GET', path: pathOf('listDeviceBatches', world) });
  const { items } = (await list.json()) as { items: { devicesLink: { uri: string; method: string } }[] };
  const { uri, method } = items[0]?.devicesLink ?? { uri: '', method: '' };
  assert.match(uri, /^[\w/%.~-]+$/);
  const answer = await exchangeRaw(
    muster.url,
    `${method} /v1${uri} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await muster.token()}\r\n\r\n`,
  );
  assert.equal(answer.status, 200);
});

test('docs/wire.md 4: counts go out under both of their names', async () => {
  const world = await newWorld(muster);
  const [batches, policies] = await Promise.all(
    (['listDeviceBatches', 'listPolicies'] as const).map(async (id) => {
      const response = await send(world, { method: 'GET', path: pathOf(id, world) });
      return ((await response.json()) as { items: Record<string, unknown>[] }).items[0];
    }),
  );
  assert.deepEqual([batches?.devicesCount, batches?.deviceCount], [1, 1]);
  assert.deepEqual([policies?.devicesAssignedCount, policies?.devicesAssigned], [0, 0]);
});

test('docs/wire.md 4: a device comes without its hardware hash and without allowedOperations', async () => {
  const world = await newWorld(muster);
  const list = await send(world, { method: 'GET', path: pathOf('listDevices', world) });
  const { items } = (await list.json()) as { items: object[] };
  assert.deepEqual(Object.keys(items[0] ?? {}), [
    'id',
    'serialNumber',
    'modelName',
    'oemManufacturerName',
    'policies',
    'uploadedDate',
    'attributes',
  ]);
});

test("docs/wire.md 4: an unknown customer's list of batches is empty, not missing: clients list before they create", async () => {
  const response = await muster.call('GET', `/v1/customers/${newCustomerId()}/deviceBatches`);
  assert.equal(response.status, 200);
  const { totalCount, items } = (await response.json()) as { totalCount: number; items: unknown[] };
  assert.deepEqual([totalCount, items], [0, []]);
});

test('docs/wire.md 4: Location is relative, without /v1, and 202 has an empty body', async () => {
  const world = await newWorld(muster);
  const calls = [
    {
      method: 'POST',
      path: pathOf('createDeviceBatch', world),
      body: { batchId: 'new', devices: [newDevice()] },
    },
    { method: 'POST', path: pathOf('addDevices', world), body: [newDevice()] },
    {
      method: 'PATCH',
      path: pathOf('updateDevicePolicies', world),
      body: { devices: [{ id: world.deviceId }] },
    },
  ];
  for (const call of calls) {
    const response = await send(world, call);
    assert.equal(response.status, 202);
    assert.equal(await response.text(), '');
    assert.equal(response.headers.get('content-length'), '0');
    const location = response.headers.get('location') ?? '';
    assert.match(location, /^\/customers\/[0-9a-f-]{36}\/batchJobStatus\/[0-9a-f-]{36}$/);
    // The cmdlet, CIPP and older clients each take it apart in their own way.
    assert.equal(location.split('/')[4], location.split('/').pop());
    assert.equal((await muster.call('GET', `/v1/${location}`)).status, 200);
  }
});

test('docs/wire.md 4: a deleted thing is 204 with nothing in it', async () => {
  const world = await newWorld(muster);
  for (const id of ['deleteDevice', 'deletePolicy'] as const) {
    const response = await send(world, { method: 'DELETE', path: pathOf(id, world) });
    assert.equal(response.status, 204);
    assert.equal(await response.text(), '');
  }
});

test('docs/wire.md 4: a job whose devices failed is finished, and its devices say why', async () => {
  const world = await newWorld(muster);
  const response = await send(world, {
    method: 'POST',
    path: pathOf('addDevices', world),
    body: [{ serialNumber: 'alone' }],
  });
  const job = await muster.finished(response.headers.get('location') ?? '');
  assert.equal(job.status, 'finished');
  assert.equal(job.devicesStatus[0]?.status, 'finished_with_errors');
  assert.equal(job.devicesStatus[0]?.errorCode, '803');
});
