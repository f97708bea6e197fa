import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connectionUrl, startEmbeddedPostgres, type EmbeddedPostgres } from '@muster/embedded-postgres';
import { newCustomerId, startTestMuster, type TestMuster } from '../support/muster.ts';

// A PostgreSQL of its own, to stop and start: at the same address each time.
const dataDirectory = await mkdtemp(join(tmpdir(), 'muster-restart-'));
let postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dataDirectory });
after(async () => {
  await postgres.stop();
  await rm(dataDirectory, { recursive: true, force: true });
});

test('a service whose database is restarted again and again goes on, and every accepted job finishes', async () => {
  const muster = await startTestMuster({
    databaseUrl: connectionUrl(postgres.connection),
    // The fewest there can be: one that an outage kept would soon be missed.
    settings: { MUSTER_DATABASE_CONNECTIONS: '6' },
  });
  const locations: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    for (let batch = 0; batch < 3; batch += 1) locations.push(await accept(muster, `${round}-${batch}`));
    // In the middle of a job, or of writing down that it is done: whatever comes first.
    await postgres.stop();
    assert.equal(await readiness(muster), 503);
    postgres = await startEmbeddedPostgres({ dataDirectory });
    while ((await readiness(muster)) !== 200) await delay(10);
  }
  const finished = new Set<unknown>();
  for (const location of locations) {
    const job = await muster.finished(location);
    assert.deepEqual([job.status, job.progress.succeeded], ['finished', 1000]);
    for (const device of job.devicesStatus) finished.add(device.deviceId);
  }
  assert.equal(finished.size, locations.length * 1000);
  await muster.close();
});

test('while the database is away, a token endpoint answers 503 with an OAuth error', async () => {
  const muster = await startTestMuster({ databaseUrl: connectionUrl(postgres.connection) });
  await postgres.stop();
  const response = await fetch(`${muster.url}/common/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: newCustomerId() }),
  });
  assert.equal(response.status, 503);
  assert.match(response.headers.get('retry-after') ?? '', /^\d+$/);
  assert.equal(((await response.json()) as { error: string }).error, 'temporarily_unavailable');
  postgres = await startEmbeddedPostgres({ dataDirectory });
  await muster.close();
});

async function accept(muster: TestMuster, lot: string): Promise<string> {
  const devices = Array.from({ length: 1000 }, (_, index) => ({
    serialNumber: `${lot}-${index}`,
    oemManufacturerName: 'Contoso',
    modelName: 'Restarted',
  }));
  const response = await muster.call('POST', `/v1/customers/${newCustomerId()}/deviceBatches`, {
    body: { batchId: lot, devices },
  });
  assert.equal(response.status, 202, await response.text());
  return response.headers.get('location') ?? '';
}

async function readiness(muster: TestMuster): Promise<number> {
  const response = await fetch(`${muster.url}/health/ready`);
  await response.arrayBuffer();
  return response.status;
}
