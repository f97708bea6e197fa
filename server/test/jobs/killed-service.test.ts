import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Credentials } from '../../src/boot/start-service.ts';
import { newCustomerId, requestToken, type BatchStatus } from '../support/muster.ts';
import { untilReady } from '../support/node-process.ts';
import { unassignedPort } from '../support/unassigned-port.ts';

const main = fileURLToPath(new URL('../../src/boot/main.ts', import.meta.url));
const dataDirectory = await mkdtemp(join(tmpdir(), 'muster-killed-'));
// The port stays the same over both starts, because tokens name it as their issuer.
const port = await unassignedPort();
let service: ChildProcess | undefined;

after(async () => {
  if (service) await stop(service, 'SIGTERM');
  await rm(dataDirectory, { recursive: true, force: true });
});

test('every job accepted before kill -9 finishes after the next start, each device with one outcome', async () => {
  service = await start();
  const credentials = JSON.parse(
    await readFile(join(dataDirectory, 'credentials.json'), 'utf8'),
  ) as Credentials;
  const token = await requestToken(credentials);
  const customer = newCustomerId();
  const locations: string[] = [];
  for (let batch = 0; batch < 6; batch += 1) {
    const devices = Array.from({ length: 1000 }, (_, index) => ({
      serialNumber: `K${batch}-${index}`,
      oemManufacturerName: 'Contoso',
      modelName: 'Killed',
    }));
    const response = await fetch(`${credentials.baseUrl}/v1/customers/${customer}/deviceBatches`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ batchId: `batch ${batch}`, devices }),
    });
    assert.equal(response.status, 202);
    locations.push(response.headers.get('location') ?? '');
  }
  await stop(service, 'SIGKILL');

  service = await start();
  let deviceIds: unknown[] = [];
  for (const location of locations) {
    const job = await finished(`${credentials.baseUrl}/v1${location}`, token);
    assert.equal(job.status, 'finished');
    assert.deepEqual(job.progress, { total: 1000, processed: 1000, succeeded: 1000, failed: 0 });
    deviceIds = [...deviceIds, ...job.devicesStatus.map((device) => device.deviceId)];
  }
  assert.equal(new Set(deviceIds).size, 6000);
});

async function start(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [main, '--port', String(port), '--data-dir', dataDirectory], {
    env: { PATH: process.env.PATH, MUSTER_JOBS_AT_ONCE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.resume();
  await untilReady(child, `http://127.0.0.1:${port}`);
  return child;
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

async function finished(url: string, token: string): Promise<BatchStatus> {
  const deadline = Date.now() + 180_000;
  for (;;) {
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(response.status, 200);
    const job = (await response.json()) as BatchStatus;
    if (job.status === 'finished' || Date.now() > deadline) return job;
  }
}
