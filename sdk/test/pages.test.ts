import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectPartner, UnreadableResponseError } from '../src/index.ts';
import { countingCredential } from './support/counting-credential.ts';
import { startScriptedServer, type ScriptedAnswer } from './support/scripted-server.ts';

function page(ids: readonly string[], continuationToken?: string): ScriptedAnswer {
  return {
    status: 200,
    body: { totalCount: 3, items: ids.map((id) => ({ id })), continuationToken, links: {} },
  };
}

test('a list is read over all its pages, each token going back in both headers that are documented', async (t) => {
  const { url: baseUrl, requests } = await startScriptedServer(t, [page(['1', '2'], 'next+/='), page(['3'])]);
  const { customers } = connectPartner({ baseUrl, credentials: countingCredential() });
  const devices = customers.byId('c').deviceBatches.byId('b').devices.list();
  const ids: string[] = [];
  for await (const device of devices) ids.push(device.id);
  assert.deepEqual(ids, ['1', '2', '3']);
  assert.equal(requests[0]?.headers['ms-continuationtoken'], undefined);
  assert.equal(requests[1]?.headers['ms-continuationtoken'], 'next+/=');
  assert.equal(requests[1]?.headers.continuationtoken, 'next+/=');
  assert.equal(requests[1]?.path, '/v1/customers/c/deviceBatches/b/devices');
});

test('customers go on with seekOperation=Next and keep their page size', async (t) => {
  const { url: baseUrl, requests } = await startScriptedServer(t, [page(['1'], 'n'), page(['2'])]);
  const { customers } = connectPartner({ baseUrl, credentials: countingCredential() });
  assert.equal((await customers.list({ pageSize: 1 }).toArray()).length, 2);
  assert.deepEqual(
    requests.map((request) => request.path),
    ['/v1/customers?size=1', '/v1/customers?size=1&seekOperation=Next'],
  );
});

test('a token that comes twice is an error, not an endless list', async (t) => {
  const { url: baseUrl, requests } = await startScriptedServer(t, [
    page(['1'], 'a'),
    page(['2'], 'b'),
    page(['3'], 'a'),
  ]);
  const { customers } = connectPartner({ baseUrl, credentials: countingCredential() });
  await assert.rejects(customers.list().toArray(), UnreadableResponseError);
  assert.equal(requests.length, 3);
});

test('a reader that stops early fetches no further page', async (t) => {
  const { url: baseUrl, requests } = await startScriptedServer(t, [page(['1', '2'], 'n')]);
  const { customers } = connectPartner({ baseUrl, credentials: countingCredential() });
  for await (const _ of customers.list()) break;
  assert.equal(requests.length, 1);
});

test('the pages themselves can be read, with the total count', async (t) => {
  const { url: baseUrl } = await startScriptedServer(t, [page(['1', '2'], 'n'), page(['3'])]);
  const { customers } = connectPartner({ baseUrl, credentials: countingCredential() });
  const sizes: [number, number | undefined][] = [];
  for await (const { items, totalCount } of customers.list().byPage()) sizes.push([items.length, totalCount]);
  assert.deepEqual(sizes, [
    [2, 3],
    [1, 3],
  ]);
});
