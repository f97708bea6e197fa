import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  claimsOf,
  makePartner,
  postForm,
  startAdministeredMuster,
  type FormAnswer,
} from '../support/administrator.ts';
import { openBrowser, type TestPage } from '../support/browser.ts';

let clock = new Date('2026-11-20T10:00:00Z');
const muster = await startAdministeredMuster({ now: () => clock });
const partner = await makePartner(muster);
const { user } = partner;
const scope = 'offline_access https://api.partnercenter.microsoft.com/user_impersonation';

function start(): Promise<FormAnswer> {
  return postForm(muster, `${partner.partnerId}/oauth2/v2.0/devicecode`, {
    client_id: partner.publicClientId,
    scope,
  });
}

function ask(deviceCode: unknown): Promise<FormAnswer> {
  return postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: partner.publicClientId,
    device_code: String(deviceCode),
  });
}

/** Opens the verification page and enters a code. */
async function enterCode(code: string): Promise<{ page: TestPage; browser: ReturnType<typeof openBrowser> }> {
  const browser = openBrowser();
  const page = await browser.submit(await browser.open(`${muster.url}/devicelogin`), { code });
  return { page, browser };
}

test('a person signs a program in on another device', async () => {
  const started = await start();
  assert.equal(started.status, 200);
  assert.equal(started.body.verification_uri, `${muster.url}/devicelogin`);
  assert.equal(started.body.expires_in, 900);
  assert.equal(started.body.interval, 5);
  assert.match(String(started.body.user_code), /^[BCDFGHJKLMNPQRSTVWXZ]{9}$/);
  assert.ok(String(started.body.message).includes(String(started.body.user_code)));

  const early = await ask(started.body.device_code);
  assert.equal(early.status, 400);
  assert.equal(early.body.error, 'authorization_pending');

  const typed = String(started.body.user_code)
    .toLowerCase()
    .replace(/(...)(?=.)/g, '$1-');
  const { page, browser } = await enterCode(typed);
  assert.match(page.text, /You are signing in to Desk tool on another device/);
  const done = await browser.submit(page, { username: user.userPrincipalName, password: user.password });
  assert.match(done.text, /You have signed in to Desk tool/);

  const answer = await ask(started.body.device_code);
  assert.equal(answer.status, 200);
  assert.equal(claimsOf(answer.body.access_token).oid, user.userId);
  assert.equal(typeof answer.body.refresh_token, 'string');
  const again = await ask(started.body.device_code);
  assert.equal(again.body.error, 'bad_verification_code', 'a device code is good once');
});

test('the v1 endpoints do the same with strings, `code` and a verification_url', async () => {
  const started = await postForm(muster, `${partner.partnerId}/oauth2/devicecode`, {
    client_id: partner.publicClientId,
    resource: 'https://graph.windows.net',
  });
  assert.equal(started.body.expires_in, '900');
  assert.equal(started.body.verification_url, `${muster.url}/devicelogin`);
  const { page, browser } = await enterCode(String(started.body.user_code));
  await browser.submit(page, { username: user.userPrincipalName, password: user.password });
  const answer = await postForm(muster, `${partner.partnerId}/oauth2/token`, {
    grant_type: 'device_code',
    client_id: partner.publicClientId,
    code: String(started.body.device_code),
    resource: 'https://graph.windows.net',
  });
  assert.equal(answer.status, 200);
  assert.equal(answer.body.resource, 'https://graph.windows.net');
});

test('a person who cancels declines the sign-in', async () => {
  const started = await start();
  const { page, browser } = await enterCode(String(started.body.user_code));
  await browser.submit(page, { action: 'cancel' });
  assert.equal((await ask(started.body.device_code)).body.error, 'authorization_declined');
});

test('a user of another partner cannot answer, and the sign-in goes on waiting', async () => {
  const other = await makePartner(muster);
  const started = await start();
  const { page, browser } = await enterCode(String(started.body.user_code));
  const refused = await browser.submit(page, {
    username: other.user.userPrincipalName,
    password: other.user.password,
  });
  assert.equal(refused.status, 400);
  assert.equal((await ask(started.body.device_code)).body.error, 'authorization_pending');
});

test('codes end after a quarter of an hour', async () => {
  const started = await start();
  clock = new Date(clock.getTime() + 900_000);
  assert.equal((await ask(started.body.device_code)).body.error, 'expired_token');
  const { page } = await enterCode(String(started.body.user_code));
  assert.equal(page.status, 400);
  assert.match(page.text, /This code is not valid or has expired/);
});

test('another application cannot fetch the token', async () => {
  const started = await start();
  const { page, browser } = await enterCode(String(started.body.user_code));
  await browser.submit(page, { username: user.userPrincipalName, password: user.password });
  const stolen = await postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: partner.confidential.clientId,
    client_secret: partner.confidential.clientSecret,
    device_code: String(started.body.device_code),
  });
  assert.equal(stolen.body.error, 'bad_verification_code');
  assert.equal((await ask(started.body.device_code)).status, 200);
});

test('of many programs that fetch the same token at once, one gets it', async () => {
  const started = await start();
  const { page, browser } = await enterCode(String(started.body.user_code));
  await browser.submit(page, { username: user.userPrincipalName, password: user.password });
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask(started.body.device_code)));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
});
