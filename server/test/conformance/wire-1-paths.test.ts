import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestMuster } from '../support/muster.ts';
import { exchangeRaw } from './raw-exchange.ts';
import { pathOf, recase, send } from './wire-request.ts';
import { newDevice, newWorld } from './world.ts';

const muster = await startTestMuster();

test('docs/wire.md 1: paths match without regard to case', async () => {
  const world = await newWorld(muster);
  for (const change of [(text: string) => text.toLowerCase(), (text: string) => text.toUpperCase()]) {
    const path = recase('getBatchUploadStatus', world, change);
    assert.equal((await send(world, { method: 'GET', path })).status, 200, path);
  }
});

test('docs/wire.md 1: doubled slashes are collapsed wherever they stand, also at the very beginning', async () => {
  const world = await newWorld(muster);
  const path = pathOf('listPolicies', world);
  const headers = `Host: x\r\nAuthorization: Bearer ${await muster.token()}\r\n\r\n`;
  for (const target of [`/${path}`, path.replace('/v1/', '/v1//'), path.replaceAll('/', '///')]) {
    const answer = await exchangeRaw(muster.url, `GET ${target} HTTP/1.1\r\n${headers}`);
    assert.equal(answer.status, 200, target);
  }
});

test("docs/wire.md 1: a request line with the whole URL, as Microsoft's pages print it and proxies send it, is read by its path", async () => {
  const world = await newWorld(muster);
  const path = pathOf('getBatchUploadStatus', world);
  const headers = `Host: api.partnercenter.microsoft.com\r\nAuthorization: Bearer ${await muster.token()}\r\n\r\n`;
  for (const origin of ['https://api.partnercenter.microsoft.com', 'HTTP://127.0.0.1:8080/', muster.url]) {
    const answer = await exchangeRaw(muster.url, `GET ${origin}${path} HTTP/1.1\r\n${headers}`);
    assert.equal(answer.status, 200, `${origin}${path}`);
  }
  const bare = await exchangeRaw(muster.url, `GET https://muster.example HTTP/1.1\r\n${headers}`);
  assert.equal(bare.status, 404);
});

test('docs/wire.md 1: /v1.0/ is /v1/', async () => {
  const world = await newWorld(muster);
  const path = pathOf('listDeviceBatches', world).replace('/v1/', '/v1.0/');
  assert.equal((await send(world, { method: 'GET', path })).status, 200);
});

test('docs/wire.md 1: a batch id is percent-encoded in the path and looked up without regard to case, kept as given', async () => {
  const world = await newWorld(muster);
  const shouted = { ...world, batchId: world.batchId.toUpperCase() };
  const added = await send(world, {
    method: 'POST',
    path: pathOf('addDevices', shouted),
    body: [newDevice()],
  });
  assert.equal(added.status, 202);
  const list = await send(world, { method: 'GET', path: pathOf('listDeviceBatches', world) });
  const { items } = (await list.json()) as { items: { id: string }[] };
  assert.deepEqual(
    items.map(({ id }) => id),
    [world.batchId],
  );
});

test('docs/wire.md 1: nothing is ever redirected', async () => {
  const world = await newWorld(muster);
  const paths = [
    '/',
    '/v1',
    '/v1/',
    `${pathOf('listPolicies', world)}/`,
    '/v1/customers/..',
    '//',
    '/v2/customers',
  ];
  for (const target of paths) {
    const answer = await exchangeRaw(
      muster.url,
      `GET ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await muster.token()}\r\n\r\n`,
    );
    assert.ok(answer.status < 300 || answer.status >= 400, `${target}: ${answer.status}`);
  }
});

test('docs/wire.md 1: Connect-PartnerCenter finds a default address in the organization profile', async () => {
  const response = await muster.call('GET', '/v1/profiles/organization');
  const { defaultAddress } = (await response.json()) as { defaultAddress: { country: unknown } };
  assert.equal(response.status, 200);
  assert.equal(typeof defaultAddress.country, 'string');
});
