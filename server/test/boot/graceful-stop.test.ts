import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { newCustomerId } from '../support/muster.ts';
import { startServiceProcess, type ServiceProcess } from '../support/service-process.ts';

const upload = JSON.stringify({
  batchId: 'half',
  devices: [{ serialNumber: 'H1', oemManufacturerName: 'Contoso', modelName: 'Halved' }],
});

test('half an upload when the stop begins is answered when the rest arrives, and its connection is closed', async (t) => {
  const service = await startServiceProcess(t);
  const { socket, answer } = await sendHead(service);
  socket.write(upload.slice(0, 20));
  service.child.kill('SIGTERM');
  await untilRefusing(service);
  socket.write(upload.slice(20));
  const text = await answer;
  assert.match(text, /^HTTP\/1\.1 202 /);
  assert.match(text, /\r\nconnection: close\r\n/i);
  assert.deepEqual(await service.ended, { code: 0, errors: '' });
  checkPostgresStopped(service);
});

test('an unfinished head and a client that has gone delay a stop for a moment only; the exit status is 0', async (t) => {
  const service = await startServiceProcess(t, { settings: { MUSTER_STOP_SECONDS: '300' } });
  const socket = await open(service);
  socket.write('POST /v1/customers/ HTTP/1.1\r\nHost: muster\r\nAuthor');
  const gone = await sendHead(service);
  gone.socket.destroy();
  // Sent on another connection afterwards, so the head has been read when this is answered.
  await (await fetch(`${service.url}/health/live`)).arrayBuffer();
  const startedAt = performance.now();
  service.child.kill('SIGTERM');
  assert.deepEqual(await service.ended, { code: 0, errors: '' });
  const ms = Math.round(performance.now() - startedAt);
  t.diagnostic(`stopped after ${ms} ms`);
  assert.ok(ms < 150_000, `stopped after ${ms} ms`);
  checkPostgresStopped(service);
});

test('an upload that never ends is cut off at the deadline: PostgreSQL stops, and the exit status and a line say so', async (t) => {
  const service = await startServiceProcess(t, { settings: { MUSTER_STOP_SECONDS: '1' } });
  const { socket, answer } = await sendHead(service);
  socket.write(upload.slice(0, 20));
  service.child.kill('SIGTERM');
  await answer;
  const { code, errors } = await service.ended;
  assert.equal(code, 1);
  assert.match(
    errors,
    /^Stopped, but not everything was finished: .*requests: 1 in progress were cut off.*\n$/,
  );
  checkPostgresStopped(service);
});

test('a closed terminal (SIGHUP, and nobody reads what is written) stops the service and its PostgreSQL', async (t) => {
  const service = await startServiceProcess(t);
  service.child.stdout?.destroy();
  service.child.stderr?.destroy();
  service.child.kill('SIGHUP');
  assert.equal((await service.ended).code, 0);
  checkPostgresStopped(service);
});

/** The head of an upload; `answer` is all that comes back until the connection ends. */
async function sendHead(service: ServiceProcess): Promise<{ socket: Socket; answer: Promise<string> }> {
  const socket = await open(service);
  socket.write(
    `POST /v1/customers/${newCustomerId()}/deviceBatches HTTP/1.1\r\nHost: muster\r\n` +
      `Authorization: Bearer ${service.token}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${upload.length}\r\nExpect: 100-continue\r\n\r\n`,
  );
  // The interim response shows that the service has read the head.
  const [interim] = (await once(socket, 'data')) as [Buffer];
  assert.match(interim.toString(), /^HTTP\/1\.1 100 Continue/);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  const answer = once(socket, 'close').then(() => Buffer.concat(chunks).toString());
  return { socket, answer };
}

async function open({ url }: ServiceProcess): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Until the service no longer listens: the stop has begun. */
async function untilRefusing(service: ServiceProcess): Promise<void> {
  for (;;) {
    const isOpen = await open(service).then(
      (socket) => socket.destroy() !== undefined,
      () => false,
    );
    if (!isOpen) return;
    await delay(10);
  }
}

function checkPostgresStopped({ dataDirectory }: ServiceProcess): void {
  assert.equal(existsSync(join(dataDirectory, 'postgres', 'postmaster.pid')), false, 'no server is left');
}
