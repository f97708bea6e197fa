import assert from 'node:assert/strict';
import { after as afterTests, test } from 'node:test';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { requestToken } from '../support/muster.ts';
import { startAdministeredMuster } from '../support/administrator.ts';

let clock = new Date('2026-11-20T10:00:00Z');
const after = (ms: number): void => void (clock = new Date(clock.getTime() + ms));
const now = (): Date => clock;
const settings = { MUSTER_PUBLIC_URL: 'http://muster.example' };
// The second node goes first: the database is the first one's.
afterTests(() => other.close());
const node = await startAdministeredMuster({ now, settings });
const other = await startAdministeredMuster({ now, settings, databaseUrl: node.databaseUrl });

const { tenantId } = node.credentials;
const tokenOf = (from: typeof node): Promise<string> =>
  requestToken({ ...node.credentials, authority: from.url });
const path = `/v1/customers/${node.credentials.customerId}/deviceBatches`;
const statusOf = async (at: typeof node, token: string): Promise<number> =>
  (await at.call('GET', path, { token })).status;
const kidOf = (token: string): string => decodeProtectedHeader(token).kid ?? '';

test("anybody can verify a token with the discovery document's keys", async () => {
  const discovery = await fetch(`${node.url}/${tenantId}/.well-known/openid-configuration`);
  const { issuer, jwks_uri: keysUrl } = (await discovery.json()) as { issuer: string; jwks_uri: string };
  const { payload } = await jwtVerify(
    await tokenOf(node),
    createRemoteJWKSet(new URL(keysUrl.replace('http://muster.example', node.url))),
    { issuer, audience: 'https://api.partnercenter.microsoft.com', currentDate: clock },
  );
  assert.equal(payload.tid, tenantId);
});

test('the key document publishes no private part, and an unknown tenant has no document', async () => {
  const response = await fetch(`${node.url}/common/discovery/keys`);
  const { keys } = (await response.json()) as { keys: Record<string, unknown>[] };
  assert.deepEqual(Object.keys(keys[0] ?? {}).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
  const unknown = await fetch(`${node.url}/nobody.example/.well-known/openid-configuration`);
  assert.equal(unknown.status, 400);
});

test('after a rotation every node signs with the new key at once, and old tokens stay good', async () => {
  const old = await tokenOf(node);
  const rotated = await node.admin('POST', '/signing-keys');
  assert.equal(rotated.status, 201);
  assert.equal(JSON.stringify(rotated.body).includes('"d"'), false);
  for (const at of [node, other]) {
    const token = await tokenOf(at);
    assert.equal(kidOf(token), rotated.body.keyId);
    for (const reader of [node, other]) {
      assert.equal(await statusOf(reader, token), 200);
      assert.equal(await statusOf(reader, old), 200);
    }
  }
});

test('the key that signs cannot be deleted; an old one can, and its tokens are refused within half a minute', async () => {
  const old = await tokenOf(node);
  for (const at of [node, other]) assert.equal(await statusOf(at, old), 200);
  const inUse = await node.admin('DELETE', `/signing-keys/${kidOf(old)}`);
  assert.equal(inUse.status, 409);
  await node.admin('POST', '/signing-keys');
  assert.equal((await node.admin('DELETE', `/signing-keys/${kidOf(old)}`)).status, 204);
  assert.equal((await node.admin('DELETE', `/signing-keys/${kidOf(old)}`)).status, 404);
  // Issuing a token reads the keys, so each node has noticed after it.
  for (const at of [node, other]) {
    const fresh = await tokenOf(at);
    assert.equal(await statusOf(at, fresh), 200);
    assert.equal(await statusOf(at, old), 401);
  }
});

test('a retired key is gone once all its tokens have expired', async () => {
  const { body } = await node.admin('GET', '/signing-keys');
  const before = (body.items as { keyId: string }[]).length;
  assert.ok(before > 1);
  after(25 * 3_600_000 + 1);
  const later = await node.admin('GET', '/signing-keys');
  assert.equal((later.body.items as object[]).length, 1);
});

test('nodes that start together on a new database agree on one key and one first partner', async () => {
  const { createTestDatabase } = await import('../support/test-database.ts');
  const { startTestMuster } = await import('../support/muster.ts');
  const database = await createTestDatabase();
  const nodes = await Promise.all([1, 2, 3].map(() => startTestMuster({ databaseUrl: database.url })));
  const founders = nodes.filter(({ credentials }) => credentials.tenantId !== '');
  assert.equal(founders.length, 1);
  const keyIds = await Promise.all(
    nodes.map(async ({ url }) => (await fetch(`${url}/common/discovery/keys`)).text()),
  );
  assert.equal(new Set(keyIds).size, 1);
  await Promise.all(nodes.map(({ close }) => close()));
  await database.drop();
});
