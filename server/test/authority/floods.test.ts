import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import {
  makePartner,
  postForm,
  redirectUri,
  startAdministeredMuster,
  type FormAnswer,
  type TestPartner,
} from '../support/administrator.ts';
import { openBrowser, type TestPage } from '../support/browser.ts';
import { newCustomerId } from '../support/muster.ts';

const settings = { MUSTER_PASSWORD_GRANT: 'true' };

function signIn(
  muster: Parameters<typeof postForm>[0],
  partner: TestPartner,
  user: { name: string; password: string },
): Promise<FormAnswer> {
  return postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
    grant_type: 'password',
    client_id: partner.publicClientId,
    username: user.name,
    password: user.password,
  });
}

test('an address that tries one password on many names is stopped; who signed in from there before goes on', async () => {
  const muster = await startAdministeredMuster({ settings });
  const partner = await makePartner(muster);
  const { userPrincipalName: name, password } = partner.user;
  assert.equal((await signIn(muster, partner, { name, password })).status, 200);
  const statuses: number[] = [];
  for (let at = 0; at < 120; at++)
    statuses.push((await signIn(muster, partner, { name: `name-${at}`, password: 'Spring2026' })).status);
  assert.equal(statuses.filter((status) => status === 429).length, 20);
  assert.equal((await signIn(muster, partner, { name, password })).status, 200);
  const { userPrincipalName, password: theirs } = (await makePartner(muster)).user;
  assert.equal((await signIn(muster, partner, { name: userPrincipalName, password: theirs })).status, 429);
});

test('an unknown client id is refused no sooner than a wrong secret', async () => {
  const muster = await startAdministeredMuster();
  const partner = await makePartner(muster);
  const medianMs = async (clientId: string, expected: number): Promise<number> => {
    const times: number[] = [];
    for (let at = 0; at < 9; at++) {
      const startedAt = performance.now();
      const { status } = await postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: 'a guess',
        scope: 'https://graph.windows.net/.default',
      });
      times.push(performance.now() - startedAt);
      assert.equal(status, expected);
    }
    return times.toSorted((a, b) => a - b)[4] ?? 0;
  };
  const wrongSecret = await medianMs(partner.confidential.clientId, 401);
  for (const unknown of [randomUUID(), 'no-guid']) {
    const ms = await medianMs(unknown, 400);
    assert.ok(ms > wrongSecret / 2, `${ms} ms against ${wrongSecret} ms`);
  }
});

test('a clock set back by a day freezes no limit and no lock', async () => {
  let clock = Date.parse('2026-11-20T10:00:00Z');
  let elapsed = 0;
  const muster = await startAdministeredMuster({
    now: () => new Date(clock),
    elapsedMs: () => elapsed,
    settings: { ...settings, MUSTER_FAILED_SIGN_INS: '2', MUSTER_CUSTOMER_REQUESTS_PER_MINUTE: '2' },
  });
  const partner = await makePartner(muster);
  const name = partner.user.userPrincipalName;
  const path = `/v1/customers/${newCustomerId()}/deviceBatches`;
  const token = await muster.token();
  const statuses = async (): Promise<number[]> => [
    (await signIn(muster, partner, { name, password: 'wrong' })).status,
    (await muster.call('GET', path, { token })).status,
  ];
  await statuses();
  await statuses();
  assert.deepEqual(await statuses(), [429, 429]);
  clock -= 24 * 3_600_000;
  elapsed += 5 * 60_000;
  assert.deepEqual((await statuses())[0], 400);
  clock += 24 * 3_600_000;
  assert.deepEqual((await statuses())[1], 200);
});

function authorizeUrl(url: string, partner: TestPartner): string {
  const parameters = new URLSearchParams({
    client_id: partner.confidential.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
  });
  return `${url}/${partner.partnerId}/oauth2/v2.0/authorize?${parameters.toString()}`;
}

test('a sign-in page is good for one try, and posting it again counts against nobody', async () => {
  const muster = await startAdministeredMuster({ settings: { MUSTER_FAILED_SIGN_INS: '3' } });
  const partner = await makePartner(muster);
  const browser = openBrowser();
  const page = await browser.open(authorizeUrl(muster.url, partner));
  const wrong = { username: partner.user.userPrincipalName, password: 'wrong' };
  const next = await browser.submit(page, wrong);
  const again = await Promise.all(Array.from({ length: 20 }, () => browser.submit(page, wrong)));
  for (const { status, text } of again) {
    assert.equal(status, 400);
    assert.match(text, /has already been used/);
  }
  const answer = await browser.submit(next, { ...wrong, password: partner.user.password });
  assert.equal(answer.status, 303);
});

function ticketOf({ text }: TestPage): string {
  return /name="ticket" value="([^"]*)"/.exec(text)?.[1] ?? '';
}

test("a ticket of another page's form is refused as a page that cannot go on", async () => {
  const muster = await startAdministeredMuster();
  const partner = await makePartner(muster);
  const browser = openBrowser();
  const authorize = await browser.open(authorizeUrl(muster.url, partner));
  const device = await browser.open(`${muster.url}/devicelogin`);
  const fields = { username: 'x', password: 'y', code: 'BCDFGHJKL' };
  const ticket = ticketOf(authorize);
  assert.notEqual(ticket, '');
  assert.equal((await browser.submit(device, { ...fields, ticket })).status, 400);
  assert.equal((await browser.submit(authorize, { ...fields, ticket: ticketOf(device) })).status, 400);
  assert.equal(muster.logLines.filter(({ level }) => Number(level) >= 50).length, 0);
});

test('device codes are limited per application and address, and those that wait are bounded', async () => {
  let elapsed = 0;
  const muster = await startAdministeredMuster({ elapsedMs: () => elapsed });
  const partner = await makePartner(muster);
  const begin = (clientId = partner.publicClientId): Promise<FormAnswer> =>
    postForm(muster, 'common/oauth2/v2.0/devicecode', { client_id: clientId });
  const flood = await Promise.all(Array.from({ length: 60 }, () => begin()));
  assert.equal(flood.filter(({ status }) => status === 200).length, 30);
  const refused = flood.find(({ status }) => status === 429);
  assert.equal(refused?.body.error, 'temporarily_unavailable');
  assert.match(refused?.headers.get('retry-after') ?? '', /^\d+$/);
  assert.equal((await begin((await makePartner(muster)).publicClientId)).status, 200, 'others go on');

  elapsed += 60_000;
  assert.equal((await begin()).status, 200);
  await muster.database.pool.query(
    `insert into device_logins (device_code_digest, user_code, client_id, audience, scope, expires_at)
     select sha256(n::text::bytea), n::text, $1, 'a', 's', now() + interval '10 minutes' from generate_series(1, 2000) n`,
    [partner.publicClientId],
  );
  assert.equal((await begin()).status, 429);
});
