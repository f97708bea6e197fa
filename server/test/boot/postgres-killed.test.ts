import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'node:test';
import { keepPostgresRunning } from '../../src/boot/keep-postgres-running.ts';
import { newCustomerId, type BatchStatus } from '../support/muster.ts';
import { startServiceProcess, type ServiceProcess } from '../support/service-process.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

test('PostgreSQL killed under load is started again at once, and no accepted upload is lost', async (t) => {
  const service = await startServiceProcess(t);
  const accepted: string[] = [];
  const statuses = new Map<number, number>();
  const load = { isOn: true };
  const clients = Array.from({ length: 4 }, async (_, worker) => {
    for (let lot = 0; load.isOn; lot += 1) {
      const response = await upload(service, `${worker}-${lot}`);
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      if (response.status === 202) accepted.push(response.headers.get('location') ?? '');
      else {
        assert.match(response.headers.get('retry-after') ?? '', /^\d+$/);
        await retryWait();
      }
    }
  });
  const measured: number[] = [];
  for (let round = 1; round <= 2; round += 1) {
    const enough = accepted.length + 8;
    while (accepted.length < enough) await delay(10);
    const pid = await service.postmasterPid();
    const killedAt = performance.now();
    process.kill(pid, 'SIGKILL');
    // Accepted by the new server, not by what is left of the old one.
    while ((await service.postmasterPid().catch(() => pid)) === pid) await retryWait();
    while ((await upload(service, `after-${round}`)).status !== 202) await retryWait();
    measured.push(Math.round(performance.now() - killedAt));
  }
  load.isOn = false;
  await Promise.all(clients);
  t.diagnostic(`serving again after ${measured.join(', ')} ms; answers ${JSON.stringify([...statuses])}`);
  assert.deepEqual(
    [...statuses.keys()].filter((status) => status !== 202 && status !== 503),
    [],
  );
  const deviceIds = new Set<unknown>();
  for (const location of accepted) {
    const job = await untilFinished(service, location);
    assert.deepEqual([job.status, job.progress.succeeded], ['finished', 50]);
    for (const device of job.devicesStatus) deviceIds.add(device.deviceId);
  }
  assert.equal(deviceIds.size, accepted.length * 50);
});

test('a PostgreSQL that cannot be started again is given up with one line', async (t) => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'muster-given-up-'));
  const givenUp = Promise.withResolvers<string>();
  const postgres = await keepPostgresRunning({
    dataDirectory,
    log: silent,
    onGivenUp: givenUp.resolve,
    giveUpAfterMs: 300,
  });
  t.after(async () => {
    await postgres.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });
  const settings = join(dataDirectory, 'postgres', 'postgresql.conf');
  await writeFile(settings, `work_mem = 'much'\n`, { flag: 'a' });
  const file = join(dataDirectory, 'postgres', 'postmaster.pid');
  process.kill(await readPid(file), 'SIGKILL');
  const reason = await givenUp.promise;
  assert.match(reason, /^Embedded PostgreSQL cannot be started again: PostgreSQL did not start.*"work_mem"/);
  assert.doesNotMatch(reason, /\n/);
});

test('a stop while PostgreSQL is being started again ends both', async (t) => {
  const service = await startServiceProcess(t);
  process.kill(await service.postmasterPid(), 'SIGKILL');
  service.child.kill('SIGTERM');
  assert.equal((await service.ended).code, 0);
  assert.equal(await lives(service), false);
});

/** A client that got a 503 does not repeat its request at once: that would take the processor from the recovery. */
function retryWait(): Promise<void> {
  return delay(50);
}

async function lives(service: ServiceProcess): Promise<boolean> {
  try {
    process.kill(await service.postmasterPid(), 0);
    return true;
  } catch {
    return false;
  }
}

async function readPid(file: string): Promise<number> {
  return Number.parseInt(await readFile(file, 'utf8'), 10);
}

function upload({ url, token }: ServiceProcess, lot: string): Promise<Response> {
  const devices = Array.from({ length: 50 }, (_, index) => ({
    serialNumber: `${lot}-${index}-${crypto.randomUUID()}`,
    oemManufacturerName: 'Contoso',
    modelName: 'Outage',
  }));
  return fetch(`${url}/v1/customers/${newCustomerId()}/deviceBatches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batchId: lot, devices }),
  }).then(async (response) => {
    await response.arrayBuffer();
    return response;
  });
}

async function untilFinished({ url, token }: ServiceProcess, location: string): Promise<BatchStatus> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const response = await fetch(`${url}/v1${location}`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(response.status, 200, await response.clone().text());
    const job = (await response.json()) as BatchStatus;
    if (job.status.startsWith('finished') || Date.now() > deadline) return job;
  }
}
