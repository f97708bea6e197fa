import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pino } from 'pino';
import { readConfig, startServer, type MusterServer } from '../src/start-server.ts';
import { requestToken } from './support/muster.ts';
import { createTestDatabase } from './support/test-database.ts';

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

test('an address that is not of this machine is named, with the setting', async () => {
  await assert.rejects(start({ MUSTER_HOST: '192.0.2.1' }), {
    message: /^"192\.0\.2\.1" is no address of this machine\. .*MUSTER_HOST/,
  });
});
