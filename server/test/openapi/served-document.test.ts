import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApiDocument } from '@muster/contract/openapi/open-api-document';
import { exchangeRaw } from '../conformance/raw-exchange.ts';
import { startTestMuster } from '../support/muster.ts';

const muster = await startTestMuster();
const behindProxy = await startTestMuster({
  settings: { MUSTER_PUBLIC_URL: 'https://muster.contoso.example' },
});

test('the served document is the contract, with the address of the service as its server', async () => {
  const response = await fetch(`${muster.url}/openapi.json`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8');
  assert.deepEqual(await response.json(), JSON.parse(JSON.stringify(openApiDocument(muster.url))));
});

test('behind a proxy the server is the public URL, and any letter case finds the document', async () => {
  const response = await fetch(`${behindProxy.url}/OpenAPI.json`);
  const { servers } = (await response.json()) as { servers: { url: string }[] };
  assert.equal(servers[0]?.url, 'https://muster.contoso.example');
});

for (const path of ['/openapi.json', '/reference', '/reference/swagger-ui-bundle.js']) {
  test(`${path}: who has it is not sent it again, and caches must ask`, async () => {
    const first = await fetch(muster.url + path);
    const etag = first.headers.get('etag') ?? '';
    assert.match(etag, /^"[\w-]+"$/);
    assert.equal(first.headers.get('cache-control'), 'no-cache');
    await first.arrayBuffer();
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await fetch(muster.url + path, { headers: { 'if-none-match': known } });
      assert.equal(again.status, 304, known);
      assert.equal(again.headers.get('etag'), etag);
      assert.equal(await again.text(), '');
    }
    const changed = await fetch(muster.url + path, { headers: { 'if-none-match': '"other"' } });
    assert.equal(changed.status, 200);
    await changed.arrayBuffer();
  });
}

test('gzip goes to who asks for it, as other bytes under another tag', async () => {
  const plain = await exchange('');
  const gzipped = await exchange('Accept-Encoding: br, gzip\r\n');
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(gzipped.headers['content-encoding'], 'gzip');
  assert.notEqual(gzipped.headers.etag, plain.headers.etag);
  assert.equal(plain.headers.vary, 'Accept-Encoding');
  assert.equal((await exchange('Accept-Encoding: gzip;q=0\r\n')).headers['content-encoding'], undefined);
  const body = await fetch(`${muster.url}/openapi.json`, { headers: { 'accept-encoding': 'gzip' } });
  assert.equal(await body.text(), plain.body);
  assert.ok(Number(gzipped.headers['content-length']) < plain.body.length / 4);
});

function exchange(header: string) {
  return exchangeRaw(muster.url, `GET /openapi.json HTTP/1.1\r\nHost: muster\r\n${header}\r\n`);
}

test('the reference page may load from, and talk to, its own service only', async () => {
  const response = await fetch(`${muster.url}/reference`);
  const policy = response.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /https?:|\*|script-src[^;]*unsafe/);
  const page = await response.text();
  assert.doesNotMatch(page, /(?:src|href)="(?:https?:)?\/\//);
  for (const [, path] of page.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
    const asset = await fetch(muster.url + path);
    assert.equal(asset.status, 200, path);
    assert.equal(asset.headers.get('x-content-type-options'), 'nosniff');
    await asset.arrayBuffer();
  }
});

test('a node that only runs jobs publishes nothing', async () => {
  const worker = await startTestMuster({ settings: { MUSTER_ROLE: 'worker' } });
  for (const path of ['/openapi.json', '/reference'])
    assert.equal((await fetch(worker.url + path)).status, 404);
});
