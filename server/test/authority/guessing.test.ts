import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHashQueue, type HashShare } from '../../src/authority/hash-queue.ts';
import { createSlowHasher } from '../../src/authority/slow-hash.ts';
import { addressGroup } from '../../src/authority/sign-in-limits.ts';
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
  for (let tries = 0; tries < 3; tries++)
    assert.match((await enter()).text, /This code is not valid or has expired/);
  assert.match((await enter()).text, /Too many failed attempts/);
});

const share: HashShare = { kind: 'user', address: '' };

test('slow hashes are done so many at once, a bounded number waits, and the rest is told to come back', async () => {
  const hasher = createSlowHasher({ atOnce: 1, waitingMax: 2 });
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => hasher.hash('secret')));
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 3);
  const refused = results.find((result) => result.status === 'rejected');
  assert.ok(refused?.reason instanceof TokenError);
  assert.equal(refused.reason.status, 503);
  assert.equal(refused.reason.retryAfterSeconds, 2);
  assert.ok(
    await hasher.matches('secret', await hasher.hash('secret'), share),
    'afterwards there is room again',
  );
});

test('a hash is salted, matches its secret only, and one that cannot be read matches nothing', async () => {
  const hasher = createSlowHasher({ atOnce: 2, waitingMax: 10 });
  const [first, second] = await Promise.all([hasher.hash('secret'), hasher.hash('secret')]);
  assert.notEqual(first, second);
  assert.equal(await hasher.matches('secret', first, share), true);
  assert.equal(await hasher.matches('Secret', first, share), false);
  for (const damaged of ['', 'plain', 'scrypt$16384$8$1$$', 'bcrypt$1$2$3$4$5'])
    assert.equal(await hasher.matches('secret', damaged, share), false, damaged);
  assert.equal(await hasher.matches('s'.repeat(1_000_000), first, share), false);
});

/** Runs the queue of one place: the first piece of work occupies it until all others are waiting. */
async function orderOfTurns(waitingMax: number, shares: readonly HashShare[]): Promise<string[]> {
  const queue = createHashQueue({ atOnce: 1, waitingMax });
  const { promise: blocked, resolve: unblock } = Promise.withResolvers<void>();
  const first = queue({ kind: 'user', address: 'first' }, () => blocked);
  const turns: string[] = [];
  const rest = shares.map(async ({ kind, address }) => {
    const name = `${kind} ${address}`;
    await queue({ kind, address }, async () => void turns.push(name)).catch(() =>
      turns.push(`${name} refused`),
    );
  });
  unblock();
  await Promise.all([first, ...rest]);
  return turns;
}

const flood = (count: number): HashShare[] =>
  Array.from({ length: count }, () => ({ kind: 'user', address: 'flood' }));

test('addresses take turns, and so do applications and users: a flood delays its own address alone', async () => {
  const turns = await orderOfTurns(100, [
    ...flood(50),
    { kind: 'user', address: 'a' },
    { kind: 'user', address: 'b' },
    { kind: 'application', address: 'c' },
    { kind: 'application', address: 'flood' },
  ]);
  assert.deepEqual(
    new Set(turns.slice(0, 8)),
    new Set(['user flood', 'user a', 'user b', 'application c', 'application flood']),
  );
  assert.equal(turns.length, 54);
});

test('when too many wait, the address with most of them gives way, and only users give way to users', async () => {
  const turns = await orderOfTurns(10, [
    { kind: 'application', address: 'flood' },
    ...flood(50),
    { kind: 'user', address: 'a' },
  ]);
  assert.equal(turns.filter((turn) => turn === 'user flood refused').length, 41);
  assert.equal(turns.filter((turn) => turn === 'user flood').length, 9);
  assert.ok(turns.includes('user a') && turns.includes('application flood'));
});

test('an IPv6 address counts with its whole network, an IPv4 address in either spelling as itself', () => {
  assert.equal(addressGroup('2001:db8:0:1::5'), addressGroup('2001:DB8::1:ffff:0:0:1'));
  assert.notEqual(addressGroup('2001:db8:0:1::5'), addressGroup('2001:db8:0:2::5'));
  assert.equal(addressGroup('::ffff:192.0.2.1'), addressGroup('192.0.2.1'));
  assert.notEqual(addressGroup('192.0.2.1'), addressGroup('192.0.2.2'));
});
