import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pino } from 'pino';
import { readConfig, startServer, type MusterServer } from '../../src/boot/start-service.ts';
import { openDatabase } from '../../src/store/database.ts';
import { requestToken } from '../support/muster.ts';
import { createTestDatabase } from '../support/test-database.ts';

const database = await createTestDatabase();
const dataDirectory = await mkdtemp(join(tmpdir(), 'muster-test-'));
const squatter = createServer().listen(0, '127.0.0.1');
await once(squatter, 'listening');
const { port } = squatter.address() as AddressInfo;
after(async () => {
  squatter.close();
  await database.drop();
  await rm(dataDirectory, { recursive: true, force: true });
});

async function start(settings: Record<string, string>): Promise<MusterServer> {
  const environment = { DATABASE_URL: database.url, MUSTER_DATA_DIR: dataDirectory, ...settings };
  return startServer(readConfig({ environment }), { log: pino({ level: 'silent' }) });
}

test('a first start that fails because its port is in use says so, and loses nothing: the next one is the first', async () => {
  await assert.rejects(start({ MUSTER_PORT: String(port) }), {
    message: new RegExp(
      `^Port ${port} of 127\\.0\\.0\\.1 is in use\\. .* another --port \\(MUSTER_PORT\\)\\.$`,
    ),
  });
  const server = await start({ MUSTER_PORT: '0', MUSTER_CLAIM_CUSTOMERS: 'true' });
  try {
    assert.equal(server.isNew, true);
    assert.equal(server.credentials?.baseUrl, server.url);
    const token = await requestToken(server.credentials);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const upload = await fetch(`${server.url}/v1/customers/${server.credentials.customerId}/deviceBatches`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ batchId: 'first', devices: [{ productKey: 'K-1' }] }),
    });
    assert.equal(upload.status, 202);
  } finally {
    await server.close();
  }
});

test('once something was uploaded for the first customer, a start is no longer the first', async () => {
  const server = await start({ MUSTER_PORT: '0' });
  assert.equal(server.isNew, false);
  await server.close();
});

const wrongDatabases: readonly { what: string; change: (url: URL) => void; message: RegExp }[] = [
  {
    what: 'a password that is wrong',
    change: (url) => (url.password = 'guess'),
    message: /^DATABASE_URL: .*authentication failed.* Correct the user name or password\.$/,
  },
  {
    what: 'a database that does not exist',
    change: (url) => (url.pathname = '/nothing'),
    message: /^DATABASE_URL: database "nothing" does not exist\. Create the database/,
  },
  {
    what: 'a server that does not answer',
    change: (url) => void (url.search = '?host=127.0.0.1&port=1'),
    message: /^DATABASE_URL: .*No PostgreSQL answers there/,
  },
];

for (const { what, change, message } of wrongDatabases) {
  test(`${what} stops the start with what to correct, without the password`, async (t) => {
    const url = new URL(database.url);
    change(url);
    if (await letsIn(url)) return t.skip('this PostgreSQL asks for no password');
    await assert.rejects(start({ MUSTER_PORT: '0', DATABASE_URL: url.href }), (error: Error) => {
      assert.match(error.message, message);
      assert.ok(!error.message.includes(url.password));
      return true;
    });
  });
}

async function letsIn(url: URL): Promise<boolean> {
  const { pool } = openDatabase({ connectionString: url.href });
  const isIn = await pool.query('select 1').then(
    () => true,
    () => false,
  );
  await pool.end();
  return isIn;
}

test('an account that may create nothing stops the start with the right it needs', async () => {
  const { pool } = openDatabase({ connectionString: database.url });
  const account = `weak_${randomBytes(6).toString('hex')}`;
  const url = new URL(database.url);
  [url.username, url.password] = [account, randomBytes(12).toString('hex')];
  await pool.query(`create database ${account}`);
  await pool.query(`create role ${account} login password '${url.password}'`);
  url.pathname = `/${account}`;
  try {
    await assert.rejects(start({ MUSTER_PORT: '0', DATABASE_URL: url.href }), {
      message: /^DATABASE_URL: permission denied .* must own the database, or be granted CREATE on it\.$/,
    });
  } finally {
    await pool.query(`drop database ${account} with (force)`);
    await pool.query(`drop role ${account}`);
    await pool.end();
  }
});

test('an address that is not of this machine is named, with the setting', async () => {
  await assert.rejects(start({ MUSTER_HOST: '192.0.2.1' }), {
    message: /^"192\.0\.2\.1" is no address of this machine\. .*MUSTER_HOST/,
  });
});
