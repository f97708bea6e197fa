import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { startTestMuster } from '../support/muster.ts';
import { exchangeRaw } from './raw-exchange.ts';
import { pathOf, send } from './wire-request.ts';
import { newDevice, newWorld, type World } from './world.ts';

const muster = await startTestMuster();

async function addDevices(world: World, body: unknown, requestId: string): Promise<string> {
  const path = pathOf('addDevices', world);
  const response = await send(world, { method: 'POST', path, body, headers: { 'MS-RequestId': requestId } });
  assert.equal(response.status, 202);
  return response.headers.get('location') ?? '';
}

test('docs/wire.md 2: nothing but Authorization is required', async () => {
  const world = await newWorld(muster);
  const answer = await exchangeRaw(
    muster.url,
    `GET ${pathOf('listPolicies', world)} HTTP/1.1\r\nHost: x\r\nAuthorization: bearer ${await muster.token()}\r\n\r\n`,
  );
  assert.equal(answer.status, 200);
});

test('docs/wire.md 2: Expect: 100-continue is answered, whether or not the client waits for it', async () => {
  const world = await newWorld(muster);
  const body = JSON.stringify([newDevice()]);
  const answer = await exchangeRaw(
    muster.url,
    `POST ${pathOf('addDevices', world)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await muster.token()}\r\n` +
      `Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  assert.equal(answer.status, 202);
});

test('docs/wire.md 2: an Expect that nobody knows is ignored, not answered with nothing', async () => {
  const world = await newWorld(muster);
  const body = JSON.stringify([newDevice()]);
  const answer = await exchangeRaw(
    muster.url,
    `POST ${pathOf('addDevices', world)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await muster.token()}\r\n` +
      `Expect: a-miracle\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  assert.equal(answer.status, 202, answer.body);
});

test('docs/wire.md 2: whatever content type a client gives, or none, the body is read as JSON', async () => {
  const world = await newWorld(muster);
  const head = `Host: x\r\nAuthorization: Bearer ${await muster.token()}\r\n`;
  for (const type of [
    '',
    'Content-Type:\r\n',
    'Content-Type: json\r\n',
    'Content-Type: ;\r\n',
    'Content-Type: text/plain\r\n',
    'Content-Type: APPLICATION/JSON; Charset="utf8"\r\n',
    'Content-Type: application/json, application/json\r\n',
  ]) {
    const body = JSON.stringify([newDevice()]);
    const answer = await exchangeRaw(
      muster.url,
      `POST ${pathOf('addDevices', world)} HTTP/1.1\r\n${head}${type}Content-Length: ${body.length}\r\n\r\n${body}`,
    );
    assert.equal(answer.status, 202, `${type} ${answer.body}`);
  }
});

test('docs/wire.md 2: an empty body with a JSON content type is no bad request', async () => {
  const world = await newWorld(muster);
  for (const [method, path] of [
    ['GET', pathOf('listDevices', world)],
    ['DELETE', pathOf('deleteDevice', world)],
  ]) {
    const answer = await exchangeRaw(
      muster.url,
      `${method} ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await muster.token()}\r\n` +
        'Content-Type: application/json; charset=utf-8\r\nContent-Length: 0\r\n\r\n',
    );
    assert.ok(answer.status < 300, answer.body);
  }
});

test('docs/wire.md 2: a repeat is the same caller, method, path, body and MS-RequestId; the id alone is none', async () => {
  const world = await newWorld(muster);
  const requestId = crypto.randomUUID();
  const [device, other] = [newDevice(), newDevice()];
  const first = await addDevices(world, [device], requestId);
  assert.equal(await addDevices(world, [device], requestId), first);
  // One RequestContext sends one id on every call.
  assert.notEqual(await addDevices(world, [other], requestId), first);
  assert.notEqual(await addDevices(world, [device], crypto.randomUUID()), first);
});

test('docs/wire.md 2: MS-RequestId and MS-CorrelationId are echoed, made when absent, and MS-CV is continued', async () => {
  const path = '/v1/customers';
  const ids = { 'MS-RequestId': crypto.randomUUID(), 'MS-CorrelationId': crypto.randomUUID() };
  const echoed = await muster.call('GET', path, { headers: { ...ids, 'MS-CV': 'YXNkZmFzZGZhc2Rm.1' } });
  assert.equal(echoed.headers.get('ms-requestid'), ids['MS-RequestId']);
  assert.equal(echoed.headers.get('ms-correlationid'), ids['MS-CorrelationId']);
  assert.equal(echoed.headers.get('ms-cv'), 'YXNkZmFzZGZhc2Rm.1.0');
  const made = await muster.call('GET', path);
  assert.match(made.headers.get('ms-requestid') ?? '', /^[0-9a-f-]{36}$/);
  assert.match(made.headers.get('ms-correlationid') ?? '', /^[0-9a-f-]{36}$/);
  assert.match(made.headers.get('ms-cv') ?? '', /^[A-Za-z0-9+/]{16}\.0$/);
});

test('docs/wire.md 2: who asks for no gzip gets none', async () => {
  const answer = await exchangeRaw(
    muster.url,
    `GET /v1/customers HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await muster.token()}\r\n\r\n`,
  );
  assert.equal(answer.headers['content-encoding'], undefined);
  assert.ok(JSON.parse(answer.body));
});

test('docs/wire.md 2: gzip is read by both of its names, an empty Content-Encoding is none, and another is refused', async () => {
  const world = await newWorld(muster);
  const call = { method: 'POST', path: pathOf('createPolicy', world) };
  const text = JSON.stringify({ name: 'Packed' });
  for (const [encoding, body, status] of [
    ['gzip', gzipSync(text), 200],
    ['X-GZIP', gzipSync(text), 200],
    ['', text, 200],
    ['identity', text, 200],
    ['br', brotliCompressSync(text), 400],
    ['deflate', deflateSync(text), 400],
    ['gzip, gzip', gzipSync(gzipSync(text)), 400],
  ] as const) {
    const answer = await send(world, { ...call, body, headers: { 'Content-Encoding': encoding } });
    assert.equal(answer.status, status, encoding);
  }
});
