import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  makePartner,
  postForm,
  startAdministeredMuster,
  type AdministeredMuster,
} from '../support/administrator.ts';
import { newCustomerId } from '../support/muster.ts';
import { startOtherIssuer } from '../authority/other-issuer.ts';

const issuer = await startOtherIssuer(() => new Date());
const trusted = JSON.stringify([
  { issuer: issuer.url, audiences: ['https://api.partnercenter.microsoft.com'] },
]);
const settings = { MUSTER_TRUSTED_ISSUERS: trusted };
const lenient = await startAdministeredMuster({ settings });
const today = await startAdministeredMuster({ settings: { ...settings, MUSTER_RULES: 'today' } });
const audience = 'https://api.partnercenter.microsoft.com';
const batch = { batchId: 'b', devices: [{ productKey: '00329-00000-00003-AA606' }] };

interface Answer {
  readonly status: number;
  readonly code: unknown;
  readonly headers: Headers;
}

async function call(
  muster: AdministeredMuster,
  token: string,
  options: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const path = `/v1/customers/${newCustomerId()}/deviceBatches`;
  const response = await muster.call(options.body ? 'POST' : 'GET', path, { token, ...options });
  const text = await response.text();
  const { code } = (text ? JSON.parse(text) : {}) as { code?: unknown };
  return { status: response.status, code, headers: response.headers };
}

async function appToken(muster: AdministeredMuster, resource: string): Promise<string> {
  const { partnerId, confidential } = await makePartner(muster);
  const { body } = await postForm(muster, `${partnerId}/oauth2/v2.0/token`, {
    grant_type: 'client_credentials',
    client_id: confidential.clientId,
    client_secret: confidential.clientSecret,
    scope: `${resource}/.default`,
  });
  return String(body.access_token);
}

/** The token of a user, as Entra ID gives it out with or without a second factor. */
async function userToken(muster: AdministeredMuster, amr: readonly string[]): Promise<string> {
  const { partnerId } = await makePartner(muster);
  const user = { upn: 'ada@contoso.example', scp: 'user_impersonation', oid: 'ada', amr };
  return issuer.sign({ aud: audience, tid: partnerId, appid: partnerId, roles: ['AdminAgents'], ...user });
}

test('the rules of today refuse the audience of Azure AD Graph with 401 and 900420', async () => {
  const refused = await call(today, await appToken(today, 'https://graph.windows.net'));
  assert.deepEqual([refused.status, refused.code], [401, '900420']);
  assert.equal((await call(today, await appToken(today, audience))).status, 200);
});

test('the rules of today refuse a user without a second factor with 401 and 900421, and exempt applications', async () => {
  const refused = await call(today, await userToken(today, ['pwd']));
  assert.deepEqual([refused.status, refused.code], [401, '900421']);
  const withMfa = await userToken(today, ['pwd', 'mfa']);
  assert.equal((await call(today, withMfa)).status, 200);
  assert.equal((await call(today, withMfa, { body: batch })).status, 202);
});

test('the rules of today want a user where app+user is documented', async () => {
  const refused = await call(today, await appToken(today, audience), { body: batch });
  assert.equal(refused.status, 403);
});

test('a client of today gets through: v3/generatetoken keeps the evidence of the second factor', async () => {
  const token = await userToken(today, ['pwd', 'mfa']);
  const exchanged = await today.call('POST', '/v3/generatetoken', {
    token,
    body: { grant_type: 'jwt_token' },
  });
  const { access_token: own } = (await exchanged.json()) as { access_token: string };
  assert.equal((await call(today, own, { body: batch })).status, 202);
});

test('lenient rules take what is refused today, and say so once per application, in a header and in the log', async () => {
  const token = await appToken(lenient, 'https://graph.windows.net');
  const first = await call(lenient, token);
  assert.equal(first.status, 200);
  assert.match(first.headers.get('muster-notice') ?? '', /^900420 /);
  assert.equal((await call(lenient, token)).headers.get('muster-notice'), null);
  const lines = lenient.logLines.filter(({ msg }) =>
    String(msg).startsWith('lenient rules: Tokens for Azure AD Graph'),
  );
  assert.equal(lines.length, 1);
});

test('ValidateMfa is answered with isMfaCompliant, for users', async () => {
  const headers = { ValidateMfa: 'true' };
  const compliant = await call(lenient, await userToken(lenient, ['mfa']), { headers });
  assert.deepEqual([compliant.status, compliant.headers.get('ismfacompliant')], [200, 'true']);
  const other = await call(lenient, await userToken(lenient, ['pwd']), { headers });
  assert.deepEqual([other.status, other.headers.get('ismfacompliant')], [200, 'false']);
  assert.equal((await call(lenient, await userToken(lenient, ['mfa']))).headers.get('ismfacompliant'), null);
});

test('the start says which rules are on', () => {
  assert.ok(today.logLines.some(({ rules }) => rules === 'today'));
  assert.ok(lenient.logLines.some(({ rules }) => rules === 'lenient'));
});
