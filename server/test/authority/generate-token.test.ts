import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimsOf, makePartner, postForm, startAdministeredMuster } from '../support/administrator.ts';
import { newCustomerId } from '../support/muster.ts';

let clock = new Date('2026-11-20T10:00:00Z');
const muster = await startAdministeredMuster({
  now: () => clock,
  settings: { MUSTER_PASSWORD_GRANT: 'true' },
});
const partner = await makePartner(muster, { user: ['SalesAgents'] });

async function signIn(): Promise<string> {
  const { body } = await postForm(muster, `${partner.partnerId}/oauth2/token`, {
    grant_type: 'password',
    client_id: partner.publicClientId,
    username: partner.user.userPrincipalName,
    password: partner.user.password,
    resource: 'https://api.partnercenter.microsoft.com',
  });
  return String(body.access_token);
}

async function exchange(
  token: string,
  options: { body?: string; contentType?: string | undefined } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const { body = 'grant_type=jwt_token', contentType } = options;
  const response = await fetch(`${muster.url}/generatetoken`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      ...(contentType !== undefined && { 'content-type': contentType }),
    },
    body: new TextEncoder().encode(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('docs/wire.md 7: an AAD token is exchanged for one that says the same of the caller, and the API takes both', async () => {
  const token = await signIn();
  const { status, body } = await exchange(token, { contentType: 'application/x-www-form-urlencoded' });
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in']);
  const [first, second] = [claimsOf(token), claimsOf(body.access_token)];
  for (const claim of ['tid', 'appid', 'oid', 'upn', 'scp', 'roles', 'iss'])
    assert.deepEqual(second[claim], first[claim], claim);
  const path = `/v1/customers/${newCustomerId()}/deviceBatches`;
  for (const either of [token, String(body.access_token)])
    assert.equal((await muster.call('GET', path, { token: either })).status, 200);
});

test('docs/wire.md 7: a wrong content type, and none, are tolerated: old scripts send them', async () => {
  const token = await signIn();
  for (const contentType of ['application/json', 'text/plain', undefined]) {
    const { status } = await exchange(token, { contentType, body: 'grant_type=jwt_token&client_id=x' });
    assert.equal(status, 200, contentType ?? 'no content type');
  }
});

test('an exchanged token ends no later than the first: exchanging over and over keeps nobody signed in', async () => {
  const token = await signIn();
  clock = new Date(clock.getTime() + 3_000_000);
  const { body } = await exchange(token);
  assert.equal(claimsOf(body.access_token).exp, claimsOf(token).exp);
  assert.equal(body.expires_in, 599);
});

test('no token is a 401 fault, another grant a 400 fault', async () => {
  const none = await exchange('x.y.z');
  assert.equal(none.status, 401);
  assert.equal(none.body.code, '401');
  const other = await exchange(await signIn(), { body: 'grant_type=password' });
  assert.equal(other.status, 400);
  assert.deepEqual(other.body.data, ['grant_type']);
});
