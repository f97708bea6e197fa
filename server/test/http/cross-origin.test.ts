import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig, SettingError } from '../../src/boot/start-service.ts';
import { startTestMuster, newCustomerId, type TestMuster } from '../support/muster.ts';

const origin = 'https://tools.contoso.example';
const muster = await startTestMuster({
  settings: { MUSTER_CORS_ORIGINS: `${origin}, http://localhost:5173` },
});
const closed = await startTestMuster();
const tokenPath = `/${muster.credentials.tenantId}/oauth2/v2.0/token`;
const batches = `/v1/customers/${newCustomerId()}/deviceBatches`;

/** The CORS headers of an answer. */
function corsOf(response: Response): Record<string, string> {
  return Object.fromEntries(
    [...response.headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'),
  );
}

function preflight(at: TestMuster, path: string, from: string): Promise<Response> {
  return at.call('OPTIONS', path, {
    token: '',
    headers: {
      origin: from,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,ms-requestid',
    },
  });
}

const readable = {
  'access-control-allow-origin': origin,
  'access-control-expose-headers': 'Location, Retry-After, MS-RequestId, MS-CorrelationId',
  vary: 'Origin',
};

for (const path of [
  batches,
  `/v1/${batches.slice(3)}`,
  batches.replace('/v1/', '/V1.0/'),
  tokenPath,
  tokenPath.replace('/v2.0/', '/'),
  tokenPath.replace('token', 'devicecode'),
  '/generatetoken',
  '/common/v2.0/.well-known/openid-configuration',
  '/common/discovery/v2.0/keys',
  '/openapi.json',
]) {
  test(`a listed origin's preflight of ${path.replace(/[0-9a-f-]{36}/g, 'ID')} is answered, without a token`, async () => {
    const answer = await preflight(muster, path, origin);
    assert.equal(answer.status, 204);
    assert.deepEqual(corsOf(answer), {
      ...readable,
      'access-control-allow-headers': 'authorization,content-type,ms-requestid',
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-max-age': '7200',
    });
  });
}

test("a listed origin's page may read answers and refusals, and Location above all", async () => {
  const headers = { origin };
  const created = await muster.call('POST', batches, {
    headers,
    body: { batchId: 'A', devices: [{ productKey: 'K-cors' }] },
  });
  assert.equal(created.status, 202);
  assert.deepEqual(corsOf(created), readable);
  const location = created.headers.get('location') ?? '';
  await muster.finished(location);
  // A finished status is remembered and answered before the routes, but not to a page.
  for (let count = 0; count < 2; count++)
    assert.deepEqual(corsOf(await muster.call('GET', `/v1${location}`, { headers })), readable);
  for (const [path, token, status] of [
    [batches, '', 401],
    [`/v1/customers/x/deviceBatches`, undefined, 400],
    ['/v1/no-such-thing', undefined, 404],
  ] as const) {
    const refused = await muster.call('GET', path, { headers, ...(token !== undefined && { token }) });
    assert.equal(refused.status, status);
    assert.deepEqual(corsOf(refused), readable);
  }
  const refused = await muster.call('POST', tokenPath, { headers, token: '' });
  assert.equal(refused.status, 400);
  assert.deepEqual(corsOf(refused), readable);
});

test('a document that is sent compressed keeps both reasons to be cached apart', async () => {
  const answer = await muster.call('GET', '/openapi.json', { token: '', headers: { origin } });
  assert.equal(answer.headers.get('vary'), 'Origin, Accept-Encoding');
  assert.equal(answer.headers.get('access-control-allow-origin'), origin);
});

test('no origin is reflected: one that is not listed exactly gets nothing, and cookies are never allowed', async () => {
  for (const from of [
    'https://evil.example',
    'https://tools.contoso.example.evil.example',
    'https://evil.tools.contoso.example',
    'http://tools.contoso.example',
    'https://tools.contoso.example:444',
    'HTTPS://TOOLS.CONTOSO.EXAMPLE',
    'null',
    '*',
  ]) {
    const asked = await preflight(muster, batches, from);
    assert.equal(asked.status, 404, from);
    assert.deepEqual(corsOf(asked), { vary: 'Origin' }, from);
    assert.deepEqual(corsOf(await muster.call('GET', batches, { headers: { origin: from } })), {
      vary: 'Origin',
    });
  }
  const allowed = await preflight(muster, batches, origin);
  assert.equal(allowed.headers.get('access-control-allow-credentials'), null);
});

test('sign-in pages, administration and health are for no other origin', async () => {
  for (const path of [
    `/${muster.credentials.tenantId}/oauth2/v2.0/authorize`,
    '/common/oauth2/authorize',
    '/devicelogin',
    '/admin/v1/partners',
    '/health/ready',
    '/reference',
  ]) {
    for (const answer of [
      await preflight(muster, path, origin),
      await muster.call('GET', path, { token: '', headers: { origin } }),
    ])
      assert.equal(answer.headers.get('access-control-allow-origin'), null, path);
  }
});

test('without the setting no page of another origin may read anything', async () => {
  assert.deepEqual(corsOf(await preflight(closed, batches, origin)), {});
  assert.deepEqual(corsOf(await closed.call('GET', batches, { headers: { origin } })), {});
});

test('an origin that could never match is refused at the start, with its name', () => {
  for (const wrong of [
    '*',
    'null',
    'tools.contoso.example',
    `${origin}/`,
    `${origin}/app`,
    'https://A.example',
  ]) {
    const read = () => readConfig({ environment: { MUSTER_CORS_ORIGINS: `${origin},${wrong}` } });
    assert.throws(read, (error) => error instanceof SettingError && error.message.includes(`"${wrong}"`));
  }
});
