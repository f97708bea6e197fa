import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import sql from 'sql-template-tag';
import { openDatabase } from '../../src/store/database.ts';
import { describePassingFault, isDatabaseUnavailable } from '../../src/store/database-faults.ts';
import { startDatabaseProxy } from '../../../torture/src/database-proxy.ts';
import { newCustomerId, startTestMuster, type TestMuster } from '../support/muster.ts';
import { createTestDatabase } from '../support/test-database.ts';

const databaseConnections = 6;
/** One connection listens for changes. */
const busyConnections = databaseConnections - 1;
const first = await startTestMuster();
const token = await first.token();
const proxy = await startDatabaseProxy(first.databaseUrl);
after(() => proxy.close());

/** A node with deadlines of its own, behind the proxy. The first one has made the registry. */
async function startNode(deadlines: Readonly<Record<string, string>>): Promise<TestMuster> {
  return startTestMuster({
    databaseUrl: proxy.url,
    settings: {
      MUSTER_PUBLIC_URL: first.url,
      MUSTER_ROLE: 'api',
      MUSTER_DATABASE_CONNECTIONS: String(databaseConnections),
      ...deadlines,
    },
  });
}

test('a node whose connections are all busy is ready, and finishes what it was asked', async () => {
  const node = await startNode({ MUSTER_DATABASE_WAIT_SECONDS: '600', MUSTER_STATEMENT_SECONDS: '600' });
  const lock = await lockBatches();
  const blocked = Array.from({ length: 2 * databaseConnections }, () => upload(node, token));
  while ((await countWaiting()) < busyConnections) await delay(10);
  assert.equal(await statusOf(node, '/health/ready'), 200);
  await lock.release();
  for (const response of await Promise.all(blocked)) assert.equal(response.status, 202);
  await node.close();
});

test('requests that wait too long for a lock or a connection, or for a PostgreSQL that is frozen, get 503 with Retry-After', async () => {
  const node = await startNode({ MUSTER_DATABASE_WAIT_SECONDS: '2', MUSTER_STATEMENT_SECONDS: '2' });
  const lock = await lockBatches();
  const blocked = Array.from({ length: 2 * databaseConnections }, () => upload(node, token));
  for (const response of await Promise.all(blocked)) await assertUnavailable(response);
  await lock.release();
  await untilAccepted(node);

  proxy.freeze();
  assert.equal(await statusOf(node, '/health/ready'), 503);
  assert.equal(await statusOf(node, '/health/live'), 200);
  const responses = await Promise.all(Array.from({ length: 20 }, () => upload(node, token)));
  for (const response of responses) await assertUnavailable(response);
  proxy.thaw();
  while ((await statusOf(node, '/health/ready')) !== 200);
  await untilAccepted(node);
  await node.close();
});

test('a statement that takes too long is ended, and its request gets 503 with Retry-After', async () => {
  const node = await startNode({ MUSTER_STATEMENT_SECONDS: '2', MUSTER_DATABASE_WAIT_SECONDS: '600' });
  const lock = await lockBatches();
  await assertUnavailable(await upload(node, token));
  assert.equal(await countWaiting(), 0);
  await lock.release();
  await node.close();
});

/** SQLSTATE classes of PostgreSQL's manual, appendix A. */
const passing = ['53100', '53200', '53300', '53400', '25006', '25P03', '40001', '40P01', '55P03', '57014'];
const passingByClass = ['08000', '08006', '57P01', '57P02', '57P03', '57P05'];
const lasting = ['22P02', '23505', '42P01', '57P04', 'XX000', 'P0001'];

test('of the faults that PostgreSQL reports, those that pass are a 503 with Retry-After, and the others a 500', async () => {
  const muster = await startTestMuster();
  const ownToken = await muster.token();
  await upload(muster, ownToken);
  await muster.database.pool.query(`
    create table fault_codes (code text);
    create function fail() returns trigger language plpgsql as $$
      begin raise 'a fault' using errcode = (select code from fault_codes); end $$;
    create trigger fail before insert on device_batches for each statement execute function fail()`);
  for (const code of [...passing, ...passingByClass, ...lasting]) {
    await muster.database.query(sql`delete from fault_codes`);
    await muster.database.query(sql`insert into fault_codes values (${code})`);
    const response = await upload(muster, ownToken);
    if (lasting.includes(code)) assert.equal(response.status, 500, code);
    else await assertUnavailable(response, code);
  }
});

test('a token request gets 503 with Retry-After when PostgreSQL reports a fault that passes', async () => {
  const muster = await startTestMuster();
  await muster.database.pool.query('alter table applications rename to applications_away');
  await muster.database.pool.query(`
    create function fail() returns setof applications_away language plpgsql as $$
      begin raise 'no room' using errcode = '53200'; end $$;
    create view applications as select * from fail()`);
  const { tenantId, clientId } = muster.credentials;
  const response = await fetch(`${muster.url}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: 'none',
      scope: 'https://graph.windows.net/.default',
    }),
  });
  assert.equal(response.status, 503);
  assert.match(response.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
  assert.equal(((await response.json()) as { error: string }).error, 'temporarily_unavailable');
});

test('every fault that passes has a line for the operator, and errors of the program have none', () => {
  for (const code of [...passing, ...passingByClass])
    assert.match(describePassingFault(Object.assign(new Error(), { code })) ?? '', /\w/, code);
  for (const code of lasting)
    assert.equal(describePassingFault(Object.assign(new Error(), { code })), undefined, code);
  for (const error of [new Error('Not a fault'), new TypeError('x is undefined'), undefined, 'text'])
    assert.equal(describePassingFault(error), undefined);
});

test('a transaction in which nothing happens is ended by PostgreSQL, and its locks with it', async (t) => {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase({ connectionString: url, max: 2 }, { statementMs: 60_000, waitMs: 50 });
  t.after(async () => {
    await database.pool.end();
    await drop();
  });
  const ended = Promise.withResolvers<void>();
  const frozen = database.transaction(async (tx) => {
    await tx.query(sql`lock table device_batches in access exclusive mode`);
    await ended.promise;
    await tx.query(sql`select 1`);
  });
  const failed = assert.rejects(frozen, isDatabaseUnavailable);
  const observer = new pg.Client({ connectionString: url });
  await observer.connect();
  // Waits for as long as the other transaction has the table.
  await observer.query('select count(*) from device_batches');
  await observer.end();
  ended.resolve();
  await failed;
});

function upload({ url }: TestMuster, bearer: string): Promise<Response> {
  return fetch(`${url}/v1/customers/${newCustomerId()}/deviceBatches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      batchId: 'outage',
      devices: [{ serialNumber: crypto.randomUUID(), oemManufacturerName: 'Contoso', modelName: 'Outage' }],
    }),
  });
}

async function untilAccepted(muster: TestMuster): Promise<void> {
  for (;;) {
    const response = await upload(muster, token);
    await response.arrayBuffer();
    if (response.status === 202) return;
  }
}

async function assertUnavailable(response: Response, message?: string): Promise<void> {
  const fault = (await response.json()) as { code?: unknown };
  assert.equal(response.status, 503, message ?? JSON.stringify(fault));
  assert.match(response.headers.get('retry-after') ?? '', /^[1-9]\d*$/, message);
  assert.notEqual(fault.code, undefined, message);
}

async function statusOf({ url }: TestMuster, path: string): Promise<number> {
  const response = await fetch(url + path);
  await response.arrayBuffer();
  return response.status;
}

/** Uploads wait for this. */
async function lockBatches(): Promise<{ release: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: first.databaseUrl });
  await client.connect();
  await client.query('begin; lock table device_batches in exclusive mode');
  return { release: () => client.end() };
}

async function countWaiting(): Promise<number> {
  const [row] = await first.database.query<{ waiting: number }>(sql`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`);
  return row?.waiting ?? 0;
}
