import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  claimsOf,
  makePartner,
  postForm,
  startAdministeredMuster,
  type FormAnswer,
  type TestPartner,
} from '../support/administrator.ts';

let clock = new Date('2026-11-20T10:00:00Z');
const after = (ms: number): void => void (clock = new Date(clock.getTime() + ms));
const dayMs = 86_400_000;
const settings = { MUSTER_PASSWORD_GRANT: 'true' };
const muster = await startAdministeredMuster({ now: () => clock, settings });
const rotating = await startAdministeredMuster({
  now: () => clock,
  settings: { ...settings, MUSTER_REFRESH_ROTATION: 'always' },
});

const scope = 'https://api.partnercenter.microsoft.com/user_impersonation';

async function signIn(service: typeof muster, partner: TestPartner, client: object): Promise<string> {
  const { body } = await postForm(service, `${partner.partnerId}/oauth2/v2.0/token`, {
    grant_type: 'password',
    ...client,
    username: partner.user.userPrincipalName,
    password: partner.user.password,
    scope: `offline_access ${scope}`,
  });
  return String(body.refresh_token);
}

async function refresh(
  service: typeof muster,
  partner: TestPartner,
  fields: Record<string, string>,
): Promise<FormAnswer> {
  return postForm(service, `${partner.partnerId}/oauth2/v2.0/token`, {
    grant_type: 'refresh_token',
    ...fields,
  });
}

const publicClient = (partner: TestPartner) => ({ client_id: partner.publicClientId });
const confidentialClient = ({ confidential }: TestPartner) => ({
  client_id: confidential.clientId,
  client_secret: confidential.clientSecret,
});

test('a refresh token of a public application gives an access token and its successor', async () => {
  const partner = await makePartner(muster);
  const client = publicClient(partner);
  const first = await signIn(muster, partner, client);
  const answer = await refresh(muster, partner, { ...client, refresh_token: first, scope });
  assert.equal(answer.status, 200);
  assert.notEqual(answer.body.refresh_token, first);
  assert.equal(claimsOf(answer.body.access_token).oid, partner.user.userId);
  assert.equal(answer.body.scope, scope);
});

test('the reuse of a replaced token revokes everything that came of the sign-in', async () => {
  const partner = await makePartner(muster);
  const client = publicClient(partner);
  const first = await signIn(muster, partner, client);
  const other = await signIn(muster, partner, client);
  const second = await refresh(muster, partner, { ...client, refresh_token: first });
  after(31_000);
  const reused = await refresh(muster, partner, { ...client, refresh_token: first });
  assert.equal(reused.body.error, 'invalid_grant');
  const successor = await refresh(muster, partner, {
    ...client,
    refresh_token: String(second.body.refresh_token),
  });
  assert.equal(successor.body.error, 'invalid_grant', 'the thief and the owner are both out');
  const elsewhere = await refresh(muster, partner, { ...client, refresh_token: other });
  assert.equal(elsewhere.status, 200, 'another sign-in is not touched');
});

test('within half a minute a replaced token still works: its answer may have been lost on the way', async () => {
  const partner = await makePartner(muster);
  const client = publicClient(partner);
  const first = await signIn(muster, partner, client);
  const answers = await Promise.all(
    [1, 2, 3].map(() => refresh(muster, partner, { ...client, refresh_token: first })),
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  );
  after(29_000);
  assert.equal((await refresh(muster, partner, { ...client, refresh_token: first })).status, 200);
});

test('docs/wire.md 7: an application with a secret keeps its refresh token, as the secure application model needs', async () => {
  const partner = await makePartner(muster);
  const client = confidentialClient(partner);
  const token = await signIn(muster, partner, client);
  for (let day = 0; day < 3; day++) {
    const answer = await refresh(muster, partner, { ...client, refresh_token: token, scope });
    assert.equal(answer.status, 200);
    assert.equal(answer.body.refresh_token, token);
    after(80 * dayMs);
  }
});

test('MUSTER_REFRESH_ROTATION=always makes them good once, too', async () => {
  const partner = await makePartner(rotating);
  const client = confidentialClient(partner);
  const token = await signIn(rotating, partner, client);
  assert.equal((await refresh(rotating, partner, { ...client, refresh_token: token })).status, 200);
  after(31_000);
  assert.equal((await refresh(rotating, partner, { ...client, refresh_token: token })).status, 400);
});

test('a refresh token that is not used for 90 days has expired', async () => {
  const partner = await makePartner(muster);
  const client = confidentialClient(partner);
  const token = await signIn(muster, partner, client);
  after(90 * dayMs);
  const answer = await refresh(muster, partner, { ...client, refresh_token: token });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.body.error_codes, [70008]);
});

test('a refresh token is bound to its application', async () => {
  const partner = await makePartner(muster);
  const token = await signIn(muster, partner, confidentialClient(partner));
  const answer = await refresh(muster, partner, { ...publicClient(partner), refresh_token: token });
  assert.equal(answer.status, 400);
  assert.equal(answer.body.error, 'invalid_grant');
});

test('an application with a secret cannot refresh without it', async () => {
  const partner = await makePartner(muster);
  const client = confidentialClient(partner);
  const token = await signIn(muster, partner, client);
  const answer = await refresh(muster, partner, { client_id: client.client_id, refresh_token: token });
  assert.equal(answer.status, 401);
});

test('a new password, and disabling the user, end their sign-ins; new roles count from the next refresh on', async () => {
  const partner = await makePartner(muster);
  const client = confidentialClient(partner);
  const token = await signIn(muster, partner, client);
  await muster.admin('PATCH', `/users/${partner.user.userId}`, { roles: ['SalesAgents'] });
  const renewed = await refresh(muster, partner, { ...client, refresh_token: token });
  assert.deepEqual(claimsOf(renewed.body.access_token).roles, ['SalesAgents']);
  await muster.admin('PATCH', `/users/${partner.user.userId}`, { password: 'a new and longer password' });
  assert.equal((await refresh(muster, partner, { ...client, refresh_token: token })).status, 400);
});

test('one sign-in gives tokens for both audiences', async () => {
  const partner = await makePartner(muster);
  const client = confidentialClient(partner);
  const token = await signIn(muster, partner, client);
  const answer = await refresh(muster, partner, {
    ...client,
    refresh_token: token,
    scope: 'https://graph.windows.net/.default',
  });
  assert.equal(claimsOf(answer.body.access_token).aud, 'https://graph.windows.net');
});

test('no refresh token is stored as it is', async () => {
  const partner = await makePartner(muster);
  const token = await signIn(muster, partner, publicClient(partner));
  const { rows } = await muster.database.pool.query<{ row: string }>(
    'select t::text as row from refresh_tokens t where user_id = $1',
    [partner.user.userId],
  );
  assert.equal(rows.length, 1);
  const asHex = Buffer.from(token, 'base64url').toString('hex');
  assert.ok(!rows.some(({ row }) => row.includes(token) || row.includes(asHex)));
});
