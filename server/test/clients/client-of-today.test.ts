import { refreshTokenCredential } from '@muster/sdk';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { totpCode, totpStep } from '../../src/authority/totp.ts';
import {
  claimsOf,
  makePartner,
  postForm,
  redirectUri,
  startAdministeredMuster,
  type TestPartner,
} from '../support/administrator.ts';
import { openBrowser, type TestBrowser, type TestPage } from '../support/browser.ts';
import { newCustomerId } from '../support/muster.ts';
import { useEveryOperation } from './use-every-operation.ts';

// A client written for Partner Center as it is today, under the secure application model: a user with a second factor
// consents once at the sign-in page, and the application then acts for them by its refresh token.
let clock = new Date();
const muster = await startAdministeredMuster({ now: () => clock, settings: { MUSTER_RULES: 'today' } });
const audience = 'https://api.partnercenter.microsoft.com';
const scope = `openid offline_access ${audience}/user_impersonation`;
const partner = await makePartner(muster);
await muster.admin('PATCH', `/users/${partner.user.userId}`, { requiresMfa: true });
const consent = await consentWithSecondFactor(partner);

function authorizeUrl({ confidential }: TestPartner): string {
  const fields = {
    client_id: confidential.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
  };
  return `${muster.url}/common/oauth2/v2.0/authorize?${new URLSearchParams(fields).toString()}`;
}

/** Signs in at the page, sets an authenticator app up, and redeems the code. */
async function consentWithSecondFactor(theirs: TestPartner): Promise<Record<string, unknown>> {
  const { browser, page } = await enterPassword(theirs);
  const codes = await browser.submit(page, { code: codeFor(page) });
  return redeem(theirs, await browser.submit(codes, {}));
}

async function enterPassword({
  user,
  ...rest
}: TestPartner): Promise<{ browser: TestBrowser; page: TestPage }> {
  const browser = openBrowser();
  const page = await browser.open(authorizeUrl({ user, ...rest }));
  const fields = { username: user.userPrincipalName, password: user.password };
  return { browser, page: await browser.submit(page, fields) };
}

/** What an authenticator app shows for the key of a set-up page. */
function codeFor({ text }: TestPage): string {
  const key = (/<code class="shown">([A-Z2-7 ]+)<\/code>/.exec(text)?.[1] ?? '').replaceAll(' ', '');
  const bits = [...key].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return totpCode(Buffer.from(bytes), totpStep(clock));
}

async function redeem(theirs: TestPartner, back: TestPage): Promise<Record<string, unknown>> {
  const { clientId, clientSecret } = theirs.confidential;
  const { status, body } = await postForm(muster, 'common/oauth2/v2.0/token', {
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: redirectUri,
    code: new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '',
  });
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

function credentialOf(refreshToken: unknown) {
  const { clientId, clientSecret } = partner.confidential;
  return refreshTokenCredential({
    authority: muster.url,
    tenantId: partner.partnerId,
    clientId,
    clientSecret,
    refreshToken: String(refreshToken),
  });
}

async function appToken(resource: string): Promise<string> {
  const { clientId, clientSecret } = partner.confidential;
  const { body } = await postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: `${resource}/.default`,
  });
  return String(body.access_token);
}

async function call(token: string, method = 'GET', body?: object): Promise<string> {
  const path = `/v1/customers/${newCustomerId()}/deviceBatches`;
  const headers = { ValidateMfa: 'true' };
  const response = await muster.call(method, path, { token, headers, ...(body && { body }) });
  const text = await response.text();
  const { code } = (text && response.status >= 400 ? JSON.parse(text) : {}) as { code?: string };
  return [response.status, code, response.headers.get('ismfacompliant')]
    .filter((one) => one !== null && one !== undefined)
    .join(' ');
}

const batch = { batchId: 'b', devices: [{ productKey: '00329-00000-00003-AA606' }] };

test('a consent with a second factor serves for every operation, by its refresh token, with the audience of today', async () => {
  const credential = credentialOf(consent.refresh_token);
  const token = await credential.getToken(`${audience}/.default`);
  const { amr, aud, oid } = claimsOf(token?.token);
  assert.deepEqual({ amr, aud, oid }, { amr: ['pwd', 'mfa'], aud: audience, oid: partner.user.userId });
  await useEveryOperation({ baseUrl: muster.url, getToken: (scopes) => credential.getToken(scopes) });
  assert.equal(await call(String(token?.token)), '200 true');
});

test('the exchange at /v3/generatetoken serves for uploads as well', async () => {
  const response = await muster.call('POST', '/v3/generatetoken', {
    token: String(consent.access_token),
    body: 'grant_type=jwt_token',
  });
  const { access_token: own } = (await response.json()) as { access_token: string };
  assert.equal(await call(own, 'POST', batch), '202 true');
});

test('a consent without a second factor is refused, and its exchange does not help', async () => {
  const other = await makePartner(muster);
  const { page } = await enterPassword(other);
  const { access_token: token } = await redeem(other, page);
  assert.equal(await call(String(token)), '401 900421 false');
  for (const path of ['/generatetoken', '/v3/generatetoken']) {
    const refused = await muster.call('POST', path, { token: String(token), body: 'grant_type=jwt_token' });
    const { code } = (await refused.json()) as { code: string };
    assert.deepEqual([refused.status, code], [401, '900421'], path);
  }
});

test('an application alone reads, and is refused where a user is documented', async () => {
  const token = await appToken(audience);
  assert.equal(await call(token), '200');
  assert.equal(await call(token, 'POST', batch), '403 900329');
});

test('in every cloud, a token for Azure AD Graph is refused with what to ask for instead, and so is its exchange', async () => {
  const clouds = [
    ['https://graph.windows.net', audience],
    ['https://graph.chinacloudapi.cn', 'https://partner.partnercenterapi.microsoftonline.cn'],
  ] as const;
  for (const [retired, successor] of clouds) {
    const token = await appToken(retired);
    assert.equal(await call(token), '401 900420');
    for (const path of ['/generatetoken', '/v3/generatetoken']) {
      const refused = await muster.call('POST', path, { token, body: 'grant_type=jwt_token' });
      const fault = (await refused.json()) as { code: string; description: string };
      assert.equal(fault.code, '900420');
      assert.ok(fault.description.includes(successor), fault.description);
    }
    assert.equal(await call(await appToken(successor)), '200');
  }
});

test('tokens end: the refresh token gives the next one, with the evidence of the second factor', async () => {
  const token = await credentialOf(consent.refresh_token).getToken(`${audience}/.default`);
  clock = new Date(clock.getTime() + 2 * 3_600_000);
  assert.equal(await call(String(token?.token)), '401 401');
  const next = await credentialOf(consent.refresh_token).getToken(`${audience}/.default`);
  assert.equal(await call(String(next?.token)), '200 true');
});
