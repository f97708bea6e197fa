import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { faultCatalog } from '@muster/contract';
import { startTestMuster } from '../support/muster.ts';
import { readFault } from './faults.ts';
import { exchangeRaw } from './raw-exchange.ts';
import { pathOf, send } from './wire-request.ts';
import { newDevice, newWorld } from './world.ts';

const muster = await startTestMuster();

test('docs/wire.md 5: every fault has a status that no client retries for ever', () => {
  const statuses = new Set(Object.values(faultCatalog).map((fault) => fault.status));
  for (const status of statuses)
    assert.ok([400, 401, 403, 404, 409, 500, 503].includes(status), String(status));
});

test('docs/wire.md 5: unknown routes, methods and versions are faults, too', async () => {
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

test('docs/wire.md 5: paths with broken escapes and endless parameters are answered by the operation they are for', async () => {
  const world = await newWorld(muster);
  const batch = pathOf('listDevices', world, { batchId: 'BATCH' });
  for (const [path, fault] of [
    ['/v1/customers/%zz', 'InvalidCustomerId'],
    ['/v1/customers/%ff', 'InvalidCustomerId'],
    [batch.replace('BATCH', '100%'), 'BatchNotFound'],
    [batch.replace('BATCH', '%c3%28'), 'BatchNotFound'],
    [batch.replace('BATCH', 'x'.repeat(8000)), 'BatchNotFound'],
  ] as const) {
    const response = await send(world, { method: 'GET', path });
    assert.ok(response.headers.get('ms-requestid'));
    assert.equal((await readFault(response)).name, fault, path);
  }
});

test('docs/wire.md 5: what is no HTTP at all is answered with a fault', async () => {
  const answer = await exchangeRaw(muster.url, 'GET / HTTP/9.9\r\nHo st: x\r\n\r\n');
  assert.equal(answer.status, 400);
  assert.deepEqual(Object.keys(JSON.parse(answer.body) as object), ['code', 'description', 'data', 'source']);
});

test('docs/wire.md 5: what never reaches a route is answered with a fault and the MS headers, and told apart', async () => {
  const authorization = `Authorization: Bearer ${await muster.token()}\r\n`;
  for (const [request, problem] of [
    [`GET /v1/customers HTTP/1.1\r\n${authorization}\r\n`, /Host/],
    ['CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n', /HTTP/],
    ['BANANA /v1/customers HTTP/1.1\r\nHost: x\r\n\r\n', /HTTP/],
    [`GET /v1/customers?x=${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, /too long/],
    ['POST /v1/customers HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', /HTTP/],
  ] as const) {
    const answer = await exchangeRaw(muster.url, request);
    const fault = JSON.parse(answer.body) as { description: string };
    assert.equal(answer.status, 400, request.slice(0, 40));
    assert.deepEqual(Object.keys(fault), ['code', 'description', 'data', 'source']);
    assert.match(fault.description, problem);
    for (const header of ['ms-requestid', 'ms-correlationid', 'ms-cv', 'ms-serverid'])
      assert.ok(answer.headers[header], `${request.slice(0, 40)}: ${header}`);
  }
});

test('docs/wire.md 5: a NUL in a path or a filter is an id or a text that nobody has, not a failure of ours', async () => {
  const world = { ...(await newWorld(muster)), batchId: 'a\0b' };
  for (const [method, id] of [
    ['GET', 'listDevices'],
    ['POST', 'addDevices'],
    ['PUT', 'updateDevice'],
    ['DELETE', 'deleteDevice'],
  ] as const) {
    const body = method === 'POST' ? [newDevice()] : method === 'PUT' ? {} : undefined;
    const answer = await send(world, { method, path: pathOf(id, world), ...(body && { body }) });
    assert.equal((await readFault(answer)).name, 'BatchNotFound', id);
  }
  const filter = JSON.stringify({ Field: 'CompanyName', Value: 'a\0b', Operator: 'starts_with' });
  const path = `/v1/customers?filter=${encodeURIComponent(filter)}`;
  assert.deepEqual((await readFault(await send(world, { method: 'GET', path }))).data, ['filter.Value']);
});

test('docs/wire.md 5: a client that goes away in the middle of its body is no failure of ours', async () => {
  const world = await newWorld(muster);
  const correlationId = crypto.randomUUID();
  const { hostname, port } = new URL(muster.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST ${pathOf('createPolicy', world)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await muster.token()}\r\n` +
      `MS-CorrelationId: ${correlationId}\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n`,
  );
  await once(socket, 'data');
  socket.resetAndDestroy();
  await once(socket, 'close');
  // By the time these are answered, the service has noticed.
  for (let count = 0; count < 10; count += 1) await send(world, { method: 'GET', path: '/v1/customers' });
  const failures = muster.logLines.filter((line) => Number(line.level) >= 50);
  assert.deepEqual(
    failures.filter((line) => line.correlationId === correlationId),
    [],
  );
});

test('docs/wire.md 5: an error to a DELETE has a fault body', async () => {
  const world = await newWorld(muster);
  const path = pathOf('deletePolicy', world, { policyId: crypto.randomUUID() });
  const fault = await readFault(await send(world, { method: 'DELETE', path }));
  assert.equal(fault.name, 'PolicyNotFound');
});

test('docs/wire.md 5: a create that is sent twice is 409 for the second client and the first answer for a retry', async () => {
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

test('docs/wire.md 5: a policy, a policy update and a deletion that are retried are answered as the first time, and done once', async () => {
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

test('docs/wire.md 5: retries that meet half-way make one policy', async () => {
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

test('docs/wire.md 5: a change of a policy that is retried with its etag gets the first answer, and a stale etag of another call is told', async () => {
  const world = await newWorld(muster);
  const call = { method: 'PUT', path: pathOf('updatePolicy', world), body: { name: 'Once' } };
  const retried = { 'If-Match': '"1"', 'MS-RequestId': crypto.randomUUID() };
  const answers = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const response = await send(world, { ...call, headers: retried });
      return `${response.status} ${await response.text()}`;
    }),
  );
  assert.equal(new Set(answers).size, 1, answers.join('\n'));
  assert.match(answers[0] ?? '', /^200 .*"etag":"2"/);
  for (const headers of [{ ...retried, 'MS-RequestId': crypto.randomUUID() }, { 'If-Match': '"1"' }])
    assert.equal((await readFault(await send(world, { ...call, headers }))).name, 'StaleEtag');
});

test('docs/wire.md 5: a change of a policy that is retried without an etag is done once; set again after another change, it is done', async () => {
  const world = await newWorld(muster);
  const headers = { 'MS-RequestId': crypto.randomUUID() };
  const rename = async (name: string): Promise<string> => {
    const path = pathOf('updatePolicy', world);
    const response = await send(world, { method: 'PUT', path, body: { name }, headers });
    return response.text();
  };
  const first = await rename('A');
  assert.equal(await rename('A'), first);
  await rename('B');
  // One RequestContext sends one id on every call.
  assert.match(await rename('A'), /"name":"A".*"etag":"4"/);
});
