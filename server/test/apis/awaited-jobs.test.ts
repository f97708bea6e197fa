import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { readWaitPreference } from '../../src/http/wait-preference.ts';
import { newCustomerId, startTestMuster, type BatchStatus } from '../support/muster.ts';

// Jobs stay in the queue until a test starts a worker. A second waiting request finds no place.
const settings = { MUSTER_ROLE: 'api', MUSTER_WAITING_REQUESTS_PER_PARTNER: '1' };
const muster = await startTestMuster({ settings });

async function upload(): Promise<string> {
  const devices = [{ serialNumber: randomUUID(), oemManufacturerName: 'Contoso', modelName: 'Awaited' }];
  const response = await muster.call('POST', `/v1/customers/${newCustomerId()}/deviceBatches`, {
    body: { batchId: 'awaited', devices },
  });
  return `/v1${response.headers.get('location')}`;
}

interface Answer {
  readonly status: string;
  readonly applied: string | null;
}

async function read(path: string, prefer?: string): Promise<Answer> {
  const response = await muster.call('GET', path, prefer === undefined ? {} : { headers: { prefer } });
  assert.equal(response.status, 200);
  const { status } = (await response.json()) as BatchStatus;
  return { status, applied: response.headers.get('preference-applied') };
}

/** Until a waiting request holds the one place, or gives it back. */
async function untilPlaceIs(state: 'taken' | 'free', path: string): Promise<void> {
  const wanted = state === 'taken' ? null : 'wait=0';
  while ((await read(path, 'wait=0')).applied !== wanted);
}

test('a client that prefers to wait is answered when the job ends, whichever node ran it', async () => {
  const path = await upload();
  const waiting = read(path, 'respond-async, Wait="999"');
  await untilPlaceIs('taken', path);
  const worker = await startTestMuster({
    databaseUrl: muster.databaseUrl,
    settings: { MUSTER_ROLE: 'worker' },
  });
  assert.deepEqual(await waiting, { status: 'finished', applied: 'wait=50' });
  assert.deepEqual(await read(path, 'wait=30'), { status: 'finished', applied: 'wait=30' });
  assert.deepEqual(await read(path), { status: 'finished', applied: null });
  await worker.close();
});

test('a job that does not end in time is told as it is; without the preference, or a place to wait, at once', async () => {
  const path = await upload();
  assert.deepEqual(await read(path, 'wait=1'), { status: 'queued', applied: 'wait=1' });
  for (const prefer of [undefined, 'wait', 'wait=soon', 'return=minimal'])
    assert.deepEqual(await read(path, prefer), { status: 'queued', applied: null });
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${await muster.token()}`, prefer: 'wait=50' };
  const waiting = fetch(muster.url + path, { headers, signal: stop.signal });
  await untilPlaceIs('taken', path);
  assert.deepEqual(await read(path, 'wait=50'), { status: 'queued', applied: null });
  stop.abort();
  await assert.rejects(waiting);
  await untilPlaceIs('free', path);
});

test('nobody waits for a job that is not theirs, or that there is none of', async () => {
  const path = await upload();
  const headers = { prefer: 'wait=50' };
  const foreign = path.replace(/customers\/[^/]+/, `customers/${newCustomerId()}`);
  assert.equal((await muster.call('GET', foreign, { headers })).status, 404);
  assert.equal((await muster.call('GET', `${path}x`, { headers })).status, 404);
  await untilPlaceIs('free', path);
});

test('the end of a job that nobody told of, as the connection was lost, is found when it is back', async () => {
  const path = await upload();
  const waiting = read(path, 'wait=50');
  await untilPlaceIs('taken', path);
  await muster.database.query(sql`
    update batch_jobs set status = 'finished', completed_at = now(), outcomes = '{succeeded}'
    where batch_tracking_id = ${path.split('/').at(-1)}`);
  const { rowCount } = await muster.database.pool.query(`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'listen muster_customer_changed%'`);
  assert.equal(rowCount, 1);
  assert.deepEqual(await waiting, { status: 'finished', applied: 'wait=50' });
});

test('a preference is read as RFC 7240 writes it', () => {
  for (const [prefer, seconds] of [
    ['wait=10', 10],
    ['WAIT = 5', 5],
    ['respond-async, wait=7; a=b', 7],
    ['wait="12"', 12],
    ['wait=3, wait=9', 3],
    ['wait=86400', 50],
    ['wait=0', 0],
    ['wait=-1', undefined],
    ['wait=1.5', undefined],
    ['await=5', undefined],
    ['', undefined],
    [undefined, undefined],
  ] as const)
    assert.equal(readWaitPreference(prefer), seconds, String(prefer));
});

test('a node that stops answers those who wait with the present state', async () => {
  const path = await upload();
  const waiting = read(path, 'wait=50');
  await untilPlaceIs('taken', path);
  await muster.close();
  assert.deepEqual(await waiting, { status: 'queued', applied: 'wait=50' });
});
