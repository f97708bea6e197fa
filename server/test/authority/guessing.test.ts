import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSlowHasher } from '../../src/authority/slow-hash.ts';
import { TokenError } from '../../src/authority/token-error.ts';
import {
  makePartner,
  postForm,
  startAdministeredMuster,
  type TestPartner,
} from '../support/administrator.ts';
import { openBrowser } from '../support/browser.ts';

let clock = new Date('2026-11-20T10:00:00Z');
const after = (ms: number): void => void (clock = new Date(clock.getTime() + ms));
const muster = await startAdministeredMuster({
  now: () => clock,
  settings: { MUSTER_PASSWORD_GRANT: 'true', MUSTER_FAILED_SIGN_INS: '3' },
});

function ask({ partnerId, confidential }: TestPartner, secret: string) {
  return postForm(muster, `${partnerId}/oauth2/v2.0/token`, {
    grant_type: 'client_credentials',
    client_id: confidential.clientId,
    client_secret: secret,
    scope: 'https://graph.windows.net/.default',
  });
}

test('guessing a secret is stopped for a while, with an integer Retry-After', async () => {
  const partner = await makePartner(muster);
  for (let guess = 0; guess < 3; guess++) assert.equal((await ask(partner, `guess ${guess}`)).status, 401);
  const stopped = await ask(partner, 'another guess');
  assert.equal(stopped.status, 429);
  assert.equal(stopped.body.error, 'temporarily_unavailable');
  assert.deepEqual(stopped.body.error_codes, [50053]);
  assert.match(stopped.headers.get('retry-after') ?? '', /^\d+$/);

  const elsewhere = await makePartner(muster);
  assert.equal((await ask(elsewhere, elsewhere.confidential.clientSecret)).status, 200, 'others go on');
});

test('trying on does not prolong the stop', async () => {
  const partner = await makePartner(muster);
  for (let guess = 0; guess < 3; guess++) await ask(partner, 'guess');
  for (let minute = 0; minute < 5; minute++) {
    assert.equal((await ask(partner, 'guess')).status, 429);
    after(60_000);
  }
  assert.equal((await ask(partner, partner.confidential.clientSecret)).status, 200);
});

test('a secret that worked before still works while somebody guesses from the same address', async () => {
  const partner = await makePartner(muster);
  assert.equal((await ask(partner, partner.confidential.clientSecret)).status, 200);
  for (let guess = 0; guess < 4; guess++) await ask(partner, 'guess');
  assert.equal((await ask(partner, 'guess')).status, 429);
  assert.equal((await ask(partner, partner.confidential.clientSecret)).status, 200);
});

test("guessing a user's password is stopped on the token endpoint and on the sign-in page alike", async () => {
  const partner = await makePartner(muster);
  const guess = () =>
    postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
      grant_type: 'password',
      client_id: partner.publicClientId,
      username: partner.user.userPrincipalName,
      password: 'a wrong password',
    });
  for (let tries = 0; tries < 3; tries++) assert.equal((await guess()).status, 400);
  assert.equal((await guess()).status, 429);
  const started = await postForm(muster, `${partner.partnerId}/oauth2/v2.0/devicecode`, {
    client_id: partner.publicClientId,
  });
  const browser = openBrowser();
  const page = await browser.submit(await browser.open(`${muster.url}/devicelogin`), {
    code: String(started.body.user_code),
  });
  const { userPrincipalName, password } = partner.user;
  const refused = await browser.submit(page, { username: userPrincipalName, password });
  assert.match(refused.text, /Too many failed attempts/);
});

test('guessing user codes is stopped', async () => {
  after(300_000);
  const browser = openBrowser();
  const enter = async () =>
    browser.submit(await browser.open(`${muster.url}/devicelogin`), { code: 'BCDFGHJKL' });
  for (let tries = 0; tries < 3; tries++) assert.match((await enter()).text, /This code is not known/);
  assert.match((await enter()).text, /Too many failed attempts/);
});

test('slow hashes are done so many at once, a bounded number waits, and the rest is told to come back', async () => {
  const hasher = createSlowHasher({ atOnce: 1, waitingMax: 2 });
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => hasher.hash('secret')));
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 3);
  const refused = results.find((result) => result.status === 'rejected');
  assert.ok(refused?.reason instanceof TokenError);
  assert.equal(refused.reason.status, 503);
  assert.equal(refused.reason.retryAfterSeconds, 2);
  assert.ok(await hasher.matches('secret', await hasher.hash('secret')), 'afterwards there is room again');
});

test('a hash is salted, matches its secret only, and one that cannot be read matches nothing', async () => {
  const hasher = createSlowHasher({ atOnce: 2, waitingMax: 10 });
  const [first, second] = await Promise.all([hasher.hash('secret'), hasher.hash('secret')]);
  assert.notEqual(first, second);
  assert.equal(await hasher.matches('secret', first), true);
  assert.equal(await hasher.matches('Secret', first), false);
  for (const damaged of ['', 'plain', 'scrypt$16384$8$1$$', 'bcrypt$1$2$3$4$5'])
    assert.equal(await hasher.matches('secret', damaged), false, damaged);
  assert.equal(await hasher.matches('s'.repeat(1_000_000), first), false);
});
