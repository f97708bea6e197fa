import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import sql from 'sql-template-tag';
import { newCustomerId, requestToken, startTestMuster, type TestMuster } from '../support/muster.ts';
import { untilReady } from '../support/node-process.ts';
import { unassignedPort } from '../support/unassigned-port.ts';

const main = fileURLToPath(new URL('../../src/boot/main.ts', import.meta.url));
const publicUrl = 'http://muster.test';
const api = await startTestMuster({ settings: { MUSTER_ROLE: 'api', MUSTER_PUBLIC_URL: publicUrl } });
const port = await unassignedPort();
const node = await startNode();
after(async () => {
  node.kill('SIGCONT');
  node.kill('SIGKILL');
  await once(node, 'exit');
});

test('the jobs of a frozen node go on elsewhere within 10 seconds, and it writes nothing when it wakes', async () => {
  const token = await requestToken({ ...api.credentials, authority: api.url });
  const customer = newCustomerId();
  const upload = async (lot: string): Promise<string> => {
    const devices = Array.from({ length: 1000 }, (_, index) => ({
      serialNumber: `${lot}-${index}`,
      oemManufacturerName: 'Contoso',
      modelName: 'Frozen',
    }));
    const response = await fetch(`http://127.0.0.1:${port}/v1/customers/${customer}/deviceBatches`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ batchId: lot, devices }),
    });
    assert.equal(response.status, 202);
    return response.headers.get('location') ?? '';
  };
  const locations = await Promise.all(Array.from({ length: 12 }, (_, lot) => upload(`lot ${lot}`)));
  node.kill('SIGSTOP');
  const frozenAt = performance.now();
  const held = await countHeld(api);
  const leaseSeconds = await longestLease(api);
  assert.ok(leaseSeconds < 9, `leases last for ${leaseSeconds} seconds more`);
  const worker = await startTestMuster({
    databaseUrl: api.databaseUrl,
    settings: { MUSTER_ROLE: 'worker' },
  });
  while ((await countLeftBehind(api)) > 0) await delay(10);
  // Taking them over is a matter of a second, but of many on a machine that is busy with other tests.
  const seconds = (performance.now() - frozenAt) / 1000;
  assert.ok(seconds < 60, `${held} jobs were held; they went on after ${seconds.toFixed(1)} seconds`);
  for (const location of locations) {
    const job = await api.finished(location);
    assert.deepEqual([job.status, job.progress.succeeded], ['finished', 1000]);
  }
  const before = await stored(api);
  node.kill('SIGCONT');
  const late = await upload('after it woke');
  assert.equal((await api.finished(late)).progress.succeeded, 1000);
  const now = await stored(api);
  assert.deepEqual(before, { devices: 12_000, keys: 12_000, counted: 12_000, open: 0 });
  assert.deepEqual(now, { devices: 13_000, keys: 13_000, counted: 13_000, open: 0 });
  await worker.close();
});

async function startNode(): Promise<ChildProcess> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'muster-frozen-'));
  after(() => rm(dataDirectory, { recursive: true, force: true }));
  const child = spawn(process.execPath, [main, '--port', String(port), '--data-dir', dataDirectory], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: api.databaseUrl,
      MUSTER_PUBLIC_URL: publicUrl,
      MUSTER_CLAIM_CUSTOMERS: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.resume();
  await untilReady(child, `http://127.0.0.1:${port}`);
  return child;
}

/** Leases of the frozen node, which nobody renews. */
async function countHeld({ database }: TestMuster): Promise<number> {
  const rows = await database.query(sql`
    select from batch_jobs where completed_at is null and lease_id is not null`);
  return rows.length;
}

/** For how many seconds from now the last lease holds; 0 without any. */
async function longestLease({ database }: TestMuster): Promise<number> {
  const rows = await database.query<{ seconds: number }>(sql`
    select coalesce(extract(epoch from max(due_at) - now()), 0)::float8 as seconds from batch_jobs
    where completed_at is null and lease_id is not null`);
  return rows[0]?.seconds ?? 0;
}

/** Jobs that nobody has taken since: attempted once or never, and not finished. */
async function countLeftBehind({ database }: TestMuster): Promise<number> {
  const rows = await database.query(sql`
    select from batch_jobs where completed_at is null and lease_id is not null and attempts = 1
      and due_at < now() + interval '4 seconds'`);
  return rows.length;
}

async function stored({ database }: TestMuster): Promise<object | undefined> {
  const rows = await database.query(sql`
    select (select count(*)::int from devices) as devices, (select count(*)::int from device_keys) as keys,
      (select sum(devices_count)::int from device_batches) as counted,
      (select count(*)::int from batch_jobs where completed_at is null) as open`);
  return rows[0];
}
