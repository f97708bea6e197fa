import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Credentials } from '../../src/boot/start-service.ts';
import { newCustomerId, requestToken, startTestMuster, type BatchStatus } from '../support/muster.ts';
import { startNodeProcess, type NodeProcess } from '../support/node-process.ts';

const MB = 1024 * 1024;
/** What the service may take of its machine's memory, PostgreSQL apart. */
const memoryMax = 512 * MB;

let service: NodeProcess | undefined;
// Before the database goes: hooks run in the order they are registered.
after(() => service?.kill());
// The process is measured alone: its database belongs to another one.
const owner = await startTestMuster({ settings: { MUSTER_ROLE: 'api' } });
const node = (service = await startNodeProcess(owner));

const inflating = gzipSync(Buffer.alloc(16 * MB, 'a'));
const large = Buffer.alloc(16 * MB, 'a');

interface Post {
  readonly path: string;
  readonly body: Buffer;
  readonly gzip: boolean;
  readonly token?: string;
}

/** Requests that nobody has to sign in for. */
const attacks: Readonly<Record<string, Post & { count: number }>> = {
  '64 forms that inflate to 16 MiB': {
    path: '/common/oauth2/v2.0/token',
    body: inflating,
    gzip: true,
    count: 64,
  },
  '200 forms of 16 MiB': { path: '/common/oauth2/v2.0/token', body: large, gzip: false, count: 200 },
  '200 exchanges of 16 MiB': { path: '/generatetoken', body: large, gzip: false, count: 200 },
  '200 bodies of 16 MiB to no route': { path: '/v1/nowhere', body: large, gzip: false, count: 200 },
  '64 sign-ins that inflate to 16 MiB': { path: '/devicelogin', body: inflating, gzip: true, count: 64 },
  '200 uploads of 16 MiB without a token': {
    path: `/v1/customers/${newCustomerId()}/deviceBatches`,
    body: large,
    gzip: false,
    count: 200,
  },
};

for (const [name, attack] of Object.entries(attacks))
  test(`${name} leave the service within its memory`, async (t) => {
    const peak = node.watchMemory();
    const responses = await Promise.all(Array.from({ length: attack.count }, () => send(attack)));
    const bytes = peak();
    t.diagnostic(`peak: ${Math.round(bytes / MB)} MiB`);
    assert.ok(bytes < memoryMax, `the service took ${Math.round(bytes / MB)} MiB`);
    for (const response of responses) assert.match(response, /^(HTTP\/1\.1 4\d\d|HTTP\/1\.1 503|cut off)/);
    assert.equal((await fetch(`${node.url}/health/ready`)).status, 200);
  });

/** 250 uploads take a minute: `MUSTER_TEST_UPLOADS=250 npm run test:all -- server/test/http/memory.test.ts`. */
const uploadsAtOnce = Number(process.env.MUSTER_TEST_UPLOADS ?? 100);

test('100 and more uploads of 4 MB at once stay within the memory; each is accepted and finishes, or is told to come back', async (t) => {
  const credentials = owner.credentials as Credentials;
  const token = await requestToken({ ...credentials, authority: owner.url });
  const customer = newCustomerId();
  const path = `/v1/customers/${customer}/deviceBatches`;
  const upload = (lot: number): Promise<string> => {
    const body = JSON.stringify({
      batchId: `lot ${lot}`,
      devices: Array.from({ length: 750 }, (_, index) => ({
        hardwareHash: Buffer.alloc(4000, `${lot}-${index}-`).toString('base64'),
      })),
    });
    return send({ path, body: Buffer.from(body), gzip: false, token });
  };
  const peak = node.watchMemory();
  const responses = await Promise.all(Array.from({ length: uploadsAtOnce }, (_, lot) => upload(lot)));
  const bytes = peak();
  t.diagnostic(`peak: ${Math.round(bytes / MB)} MiB`);
  assert.ok(bytes < memoryMax, `the service took ${Math.round(bytes / MB)} MiB`);
  const accepted = responses.filter((response) => response.startsWith('HTTP/1.1 202 '));
  assert.ok(accepted.length > 0);
  for (const response of responses) {
    if (accepted.includes(response)) continue;
    assert.match(response, /^HTTP\/1\.1 503 /);
    assert.match(response, /\r\nretry-after: [1-9]\d*\r\n/i);
    assert.match(response, /\r\nconnection: close\r\n/i);
  }
  for (const response of accepted) {
    const location = /\r\nlocation: (\S+)\r\n/i.exec(response)?.[1] ?? '';
    const job: BatchStatus = await owner.finished(location);
    assert.equal(job.progress.processed, 750);
  }
});

test('64 uploads that inflate to 16 MiB leave the service within its memory', async (t) => {
  const token = await requestToken({ ...(owner.credentials as Credentials), authority: owner.url });
  const path = `/v1/customers/${newCustomerId()}/deviceBatches`;
  const peak = node.watchMemory();
  const upload = { path, body: inflating, gzip: true, token };
  const responses = await Promise.all(Array.from({ length: 64 }, () => send(upload)));
  const bytes = peak();
  t.diagnostic(`peak: ${Math.round(bytes / MB)} MiB`);
  assert.ok(bytes < memoryMax, `the service took ${Math.round(bytes / MB)} MiB`);
  for (const response of responses) assert.match(response, /^HTTP\/1\.1 (400|503)/);
});

/** Sends a request whole, or as much of it as the service takes; gives the response. */
async function send({ path, body, gzip, token }: Post): Promise<string> {
  const socket: Socket = connect(Number(new URL(node.url).port), '127.0.0.1');
  let response = '';
  socket.on('data', (chunk: Buffer) => (response += chunk.toString('latin1')));
  socket.on('error', () => {});
  const head = [`POST ${path} HTTP/1.1`, 'Host: muster.test', `Content-Length: ${body.length}`];
  if (token !== undefined) head.push(`Authorization: Bearer ${token}`);
  if (gzip) head.push('Content-Encoding: gzip');
  if (token !== undefined) head.push('Content-Type: application/json');
  socket.write(`${head.join('\r\n')}\r\nConnection: close\r\n\r\n`);
  socket.write(body);
  await new Promise((resolve) => socket.once('close', resolve));
  return response || 'cut off';
}
