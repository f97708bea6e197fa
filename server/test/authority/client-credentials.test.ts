import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { claimsOf, makePartner, postForm, startAdministeredMuster } from '../support/administrator.ts';

let clock = new Date('2026-11-20T10:00:00Z');
const muster = await startAdministeredMuster({ now: () => clock });
const partner = await makePartner(muster);
const { clientId, clientSecret } = partner.confidential;
const credentials = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };

test('docs/wire.md 7: the v1 endpoint gives its numbers as strings and names the resource', async () => {
  const resource = 'https://graph.windows.net';
  const { status, headers, body } = await postForm(muster, `${partner.partnerId}/oauth2/token`, {
    ...credentials,
    resource,
  });
  assert.equal(status, 200);
  assert.equal(headers.get('cache-control'), 'no-store');
  const { access_token: token, ...rest } = body;
  const now = clock.getTime() / 1000;
  assert.deepEqual(rest, {
    token_type: 'Bearer',
    expires_in: '3599',
    ext_expires_in: '3599',
    expires_on: String(now + 3599),
    not_before: String(now),
    resource,
  });
  assert.equal(claimsOf(token).aud, resource);
});

test('the v1 endpoint takes a scope where a client sends no resource, and only one that tokens are given for', async () => {
  const scope = 'https://api.partnercenter.microsoft.com/.default';
  const path = `${partner.domainName}/oauth2/token`;
  const { status, body } = await postForm(muster, path, { ...credentials, scope });
  assert.equal(status, 200);
  assert.equal(body.resource, 'https://api.partnercenter.microsoft.com');
  assert.equal(claimsOf(body.access_token).aud, 'https://api.partnercenter.microsoft.com');
  for (const other of ['user_impersonation', 'https://elsewhere.example/.default'])
    assert.equal((await postForm(muster, path, { ...credentials, scope: other })).status, 400);
  // A resource is what counts here.
  const both = await postForm(muster, path, { ...credentials, scope, resource: 'https://graph.windows.net' });
  assert.equal(claimsOf(both.body.access_token).aud, 'https://graph.windows.net');
});

test('docs/wire.md 7: the v2.0 endpoint gives numbers and no expires_on', async () => {
  const { status, body } = await postForm(muster, `${partner.domainName}/oauth2/v2.0/token`, {
    ...credentials,
    scope: 'https://api.partnercenter.microsoft.com/.default',
    client_info: '1',
  });
  assert.equal(status, 200);
  const { access_token: token, ...rest } = body;
  assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 });
  assert.equal(claimsOf(token).aud, 'https://api.partnercenter.microsoft.com');
});

test('docs/wire.md 7: an application token carries the claims clients look for, and no user', async () => {
  const { body } = await postForm(muster, `common/oauth2/v2.0/token`, {
    ...credentials,
    scope: 'https://graph.windows.net/.default',
  });
  const { tid, appid, azp, oid, sub, roles, iss, exp, scp, upn } = claimsOf(body.access_token);
  assert.deepEqual(
    { tid, appid, azp, oid, sub, roles, iss, exp, scp, upn },
    {
      tid: partner.partnerId,
      appid: clientId,
      azp: clientId,
      oid: clientId,
      sub: clientId,
      roles: ['AdminAgents'],
      iss: `${muster.url}/${partner.partnerId}/`,
      exp: clock.getTime() / 1000 + 3599,
      scp: undefined,
      upn: undefined,
    },
  );
});

test('credentials may come in a Basic header', async () => {
  const basic = Buffer.from(`${clientId}:${encodeURIComponent(clientSecret)}`).toString('base64');
  const response = await fetch(`${muster.url}/${partner.partnerId}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'https://graph.windows.net/.default',
    }),
  });
  assert.equal(response.status, 200);
});

test("docs/wire.md 7: errors have Azure AD's shape and repeat no secret", async () => {
  const wrongSecret = 'not-the-secret-at-all';
  const { status, body, headers } = await postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
    ...credentials,
    client_secret: wrongSecret,
    scope: 'https://graph.windows.net/.default',
  });
  assert.equal(status, 401);
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.deepEqual(Object.keys(body), [
    'error',
    'error_description',
    'error_codes',
    'timestamp',
    'trace_id',
    'correlation_id',
  ]);
  assert.equal(body.error, 'invalid_client');
  assert.deepEqual(body.error_codes, [7000215]);
  assert.match(
    String(body.error_description),
    /^AADSTS7000215: .* Trace ID: .* Correlation ID: .* Timestamp: /,
  );
  assert.match(String(body.timestamp), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
  assert.doesNotMatch(JSON.stringify(body), new RegExp(wrongSecret));
});

const refusals: [string, string, Record<string, string>, number, string, number][] = [
  ['no grant', '{tenant}', {}, 400, 'invalid_request', 900144],
  ['an unknown grant', '{tenant}', { grant_type: 'saml' }, 400, 'unsupported_grant_type', 70003],
  ['no client', '{tenant}', { grant_type: 'client_credentials' }, 400, 'invalid_request', 900144],
  ['an unknown tenant', 'nobody.example', credentials, 400, 'invalid_request', 90002],
  [
    'an unknown client',
    '{tenant}',
    { ...credentials, client_id: randomUUID() },
    400,
    'unauthorized_client',
    700016,
  ],
  ["another tenant's client", '{other}', credentials, 400, 'unauthorized_client', 700016],
  ['no secret', '{tenant}', { ...credentials, client_secret: '' }, 401, 'invalid_client', 7000218],
  ['no scope', '{tenant}', credentials, 400, 'invalid_request', 900144],
  [
    'an unknown resource',
    '{tenant}',
    { ...credentials, scope: 'https://graph.microsoft.com/.default' },
    400,
    'invalid_resource',
    500011,
  ],
  [
    'a public client acting as itself',
    '{tenant}',
    { grant_type: 'client_credentials', client_id: partner.publicClientId },
    400,
    'unauthorized_client',
    700027,
  ],
  [
    'a secret for a public client',
    '{tenant}',
    { ...credentials, client_id: partner.publicClientId },
    401,
    'invalid_client',
    700025,
  ],
  ['a tenant that is no text', '%00', credentials, 400, 'invalid_request', 90002],
];

for (const [name, tenant, fields, status, error, number] of refusals) {
  test(`a token request with ${name} is refused with ${status} ${error}`, async () => {
    const path = tenant
      .replace('{tenant}', partner.partnerId)
      .replace('{other}', muster.credentials.tenantId);
    const answer = await postForm(muster, `${path}/oauth2/v2.0/token`, fields);
    assert.equal(answer.status, status);
    assert.equal(answer.body.error, error);
    assert.deepEqual(answer.body.error_codes, [number]);
  });
}

test('of several secrets each works, a deleted one stops at once, and an expired one stops when it expires', async () => {
  const path = `/applications/${clientId}/secrets`;
  const second = await muster.admin('POST', path, { lifetimeDays: 1 });
  const third = await muster.admin('POST', path, {});
  const ask = async (secret: unknown): Promise<number> => {
    const answer = await postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
      ...credentials,
      client_secret: String(secret),
      scope: 'https://graph.windows.net/.default',
    });
    return answer.status;
  };
  assert.equal(await ask(clientSecret), 200);
  assert.equal(await ask(second.body.clientSecret), 200);
  assert.equal(await ask(third.body.clientSecret), 200);
  await muster.admin('DELETE', `${path}/${String(third.body.secretId)}`);
  assert.equal(await ask(third.body.clientSecret), 401);
  clock = new Date(clock.getTime() + 86_400_001);
  assert.equal(await ask(second.body.clientSecret), 401);
  assert.equal(await ask(clientSecret), 200);
});

test('rotating a secret lets the others work for the given hours, and no longer', async () => {
  const path = `/applications/${clientId}/secrets`;
  const rotated = await muster.admin('POST', path, { othersExpireInHours: 2 });
  const ask = async (secret: unknown): Promise<number> => {
    const answer = await postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
      ...credentials,
      client_secret: String(secret),
      scope: 'https://graph.windows.net/.default',
    });
    return answer.status;
  };
  assert.equal(await ask(clientSecret), 200);
  clock = new Date(clock.getTime() + 2 * 3_600_000);
  assert.equal(await ask(clientSecret), 401);
  assert.equal(await ask(rotated.body.clientSecret), 200);
});
