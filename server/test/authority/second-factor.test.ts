import assert from 'node:assert/strict';
import { test } from 'node:test';
import { totpCode, totpStep } from '../../src/authority/totp.ts';
import {
  claimsOf,
  makePartner,
  postForm,
  redirectUri,
  startAdministeredMuster,
  type FormAnswer,
  type TestPartner,
} from '../support/administrator.ts';
import { openBrowser, type TestBrowser, type TestPage } from '../support/browser.ts';

let clock = new Date('2026-11-20T10:00:00Z');
const after = (seconds: number): void => void (clock = new Date(clock.getTime() + seconds * 1000));
const muster = await startAdministeredMuster({
  now: () => clock,
  settings: { MUSTER_PASSWORD_GRANT: 'true' },
});
const scope = 'openid offline_access https://api.partnercenter.microsoft.com/user_impersonation';

function authorizeUrl({ confidential }: TestPartner): string {
  const parameters = new URLSearchParams({
    client_id: confidential.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
  });
  return `${muster.url}/common/oauth2/v2.0/authorize?${parameters.toString()}`;
}

function password({ user }: TestPartner): Record<string, string> {
  return { username: user.userPrincipalName, password: user.password };
}

/** The secret that a set-up page shows as text. */
function shownSecret({ text }: TestPage): Buffer {
  const key = (/<code class="shown">([A-Z2-7 ]+)<\/code>/.exec(text)?.[1] ?? '').replaceAll(' ', '');
  assert.equal(key.length, 32, text);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

function codeOf(secret: Buffer): string {
  return totpCode(secret, totpStep(clock));
}

/** A code that is not the one of about now. */
function wrongCode(secret: Buffer): string {
  return totpCode(secret, totpStep(clock) + 1000);
}

interface SetUp {
  readonly secret: Buffer;
  readonly recoveryCodes: readonly string[];
}

/** Goes through the set-up from its page on; gives the page after it, too. */
async function setUp(browser: TestBrowser, page: TestPage): Promise<SetUp & { next: TestPage }> {
  const secret = shownSecret(page);
  const codes = await browser.submit(page, { code: codeOf(secret) });
  assert.equal(codes.status, 200, codes.text);
  const recoveryCodes = [...codes.text.matchAll(/<li>([\d-]+)<\/li>/g)].map(([, code = '']) => code);
  return { secret, recoveryCodes, next: await browser.submit(codes, {}) };
}

/** A partner whose user has an authenticator app, set up on its own page. */
async function partnerWithMfa(): Promise<TestPartner & SetUp> {
  const partner = await makePartner(muster);
  const browser = openBrowser();
  const page = await browser.submit(await browser.open(`${muster.url}/mfasetup`), password(partner));
  const { secret, recoveryCodes, next } = await setUp(browser, page);
  assert.match(next.text, /Your authenticator app is set up/);
  after(60);
  return { ...partner, secret, recoveryCodes };
}

function redeem({ confidential }: TestPartner, back: TestPage): Promise<FormAnswer> {
  assert.equal(back.status, 303, back.text);
  return postForm(muster, 'common/oauth2/v2.0/token', {
    grant_type: 'authorization_code',
    client_id: confidential.clientId,
    client_secret: confidential.clientSecret,
    redirect_uri: redirectUri,
    code: new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '',
  });
}

function refresh({ confidential }: TestPartner, refreshToken: unknown): Promise<FormAnswer> {
  return postForm(muster, 'common/oauth2/v2.0/token', {
    grant_type: 'refresh_token',
    client_id: confidential.clientId,
    client_secret: confidential.clientSecret,
    refresh_token: String(refreshToken),
    scope,
  });
}

function passwordGrant({ publicClientId, user }: TestPartner): Promise<FormAnswer> {
  return postForm(muster, 'common/oauth2/token', {
    grant_type: 'password',
    client_id: publicClientId,
    username: user.userPrincipalName,
    password: user.password,
  });
}

/** The page that asks for the code, after the password. */
async function openCodePage(partner: TestPartner): Promise<{ browser: TestBrowser; page: TestPage }> {
  const browser = openBrowser();
  const page = await browser.submit(await browser.open(authorizeUrl(partner)), password(partner));
  assert.match(page.text, /name="code"/);
  return { browser, page };
}

test('who has an app is asked for its code, and every token says so: access, ID, and those of the refresh token', async () => {
  const partner = await partnerWithMfa();
  const { browser, page } = await openCodePage(partner);
  const { body } = await redeem(partner, await browser.submit(page, { code: codeOf(partner.secret) }));
  const { body: refreshed } = await refresh(partner, body.refresh_token);
  for (const token of [body.access_token, body.id_token, refreshed.access_token, refreshed.id_token])
    assert.deepEqual(claimsOf(token).amr, ['pwd', 'mfa']);
  const exchanged = await muster.call('POST', '/v3/generatetoken', {
    token: String(body.access_token),
    body: { grant_type: 'jwt_token' },
  });
  const { access_token: own } = (await exchanged.json()) as Record<string, unknown>;
  assert.deepEqual(claimsOf(own).amr, ['pwd', 'mfa']);
});

test('who has no app signs in with the password, and no token claims more', async () => {
  const partner = await makePartner(muster);
  const browser = openBrowser();
  const back = await browser.submit(await browser.open(authorizeUrl(partner)), password(partner));
  const { body } = await redeem(partner, back);
  for (const token of [body.access_token, body.id_token]) assert.deepEqual(claimsOf(token).amr, ['pwd']);
});

test('a sign-in on another device asks for the code, too', async () => {
  const partner = await partnerWithMfa();
  const client = { client_id: partner.publicClientId };
  const started = await postForm(muster, 'common/oauth2/v2.0/devicecode', { ...client, scope });
  const browser = openBrowser();
  const page = await browser.submit(await browser.open(`${muster.url}/devicelogin`), {
    code: String(started.body.user_code),
  });
  const codePage = await browser.submit(page, password(partner));
  const done = await browser.submit(codePage, { code: codeOf(partner.secret) });
  assert.match(done.text, /You are signed in/);
  const { body } = await postForm(muster, 'common/oauth2/v2.0/token', {
    ...client,
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: String(started.body.device_code),
  });
  assert.deepEqual(claimsOf(body.access_token).amr, ['pwd', 'mfa']);
});

test('who must have an app and has none sets it up while signing in', async () => {
  const partner = await makePartner(muster);
  const changed = await muster.admin('PATCH', `/users/${partner.user.userId}`, { requiresMfa: true });
  assert.deepEqual([changed.body.requiresMfa, changed.body.isMfaRegistered], [true, false]);
  const browser = openBrowser();
  const page = await browser.submit(await browser.open(authorizeUrl(partner)), password(partner));
  assert.match(page.text, /<svg viewBox/);
  assert.doesNotMatch(page.headers.get('content-security-policy') ?? '', /script-src|img-src|unsafe/);
  const wrong = await browser.submit(page, { code: wrongCode(shownSecret(page)) });
  assert.equal(wrong.status, 400);
  assert.deepEqual(shownSecret(wrong), shownSecret(page), 'the key that was scanned stays');
  const { next } = await setUp(browser, wrong);
  const { body } = await redeem(partner, next);
  assert.deepEqual(claimsOf(body.access_token).amr, ['pwd', 'mfa']);
  const user = await muster.admin('GET', `/users/${partner.user.userId}`);
  assert.equal(user.body.isMfaRegistered, true);
});

test('the password alone is refused where nobody can be asked for a code', async () => {
  const partner = await partnerWithMfa();
  const refused = await passwordGrant(partner);
  assert.deepEqual([refused.status, refused.body.error], [400, 'interaction_required']);
  assert.deepEqual(refused.body.error_codes, [50076]);
  const other = await makePartner(muster);
  assert.equal((await passwordGrant(other)).status, 200);
  await muster.admin('PATCH', `/users/${other.user.userId}`, { requiresMfa: true });
  assert.deepEqual((await passwordGrant(other)).body.error_codes, [50076]);
});

test('once a second factor is required, a sign-in without one is refreshed no more', async () => {
  const partner = await makePartner(muster);
  const { body } = await passwordGrant(partner);
  const refreshPublic = () =>
    postForm(muster, 'common/oauth2/token', {
      grant_type: 'refresh_token',
      client_id: partner.publicClientId,
      refresh_token: String(body.refresh_token),
    });
  await muster.admin('PATCH', `/users/${partner.user.userId}`, { requiresMfa: true });
  assert.equal((await refreshPublic()).body.error, 'interaction_required');
  await muster.admin('PATCH', `/users/${partner.user.userId}`, { requiresMfa: false });
  assert.equal((await refreshPublic()).status, 200, 'the refusal used nothing up');
});

test('each code counts once, whoever brings it and however many at a time', async () => {
  const partner = await partnerWithMfa();
  const pages = await Promise.all([1, 2, 3].map(() => openCodePage(partner)));
  const code = codeOf(partner.secret);
  const answers = await Promise.all(pages.map(({ browser, page }) => browser.submit(page, { code })));
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [303, 400, 400]);
  after(30);
  const { browser, page } = await openCodePage(partner);
  const again = await browser.submit(page, { code });
  assert.match(again.text, /role="alert">This code is incorrect or has already been used/);
});

test('guessing codes is stopped for the user after ten tries, from whatever page', async () => {
  const partner = await partnerWithMfa();
  const guess = async (code: string): Promise<TestPage> => {
    const { browser, page } = await openCodePage(partner);
    return browser.submit(page, { code });
  };
  for (let tries = 0; tries < 10; tries++)
    assert.match((await guess(wrongCode(partner.secret))).text, /This code is incorrect/);
  assert.match((await guess(codeOf(partner.secret))).text, /Too many failed attempts/);
  after(3600);
  assert.equal((await guess(codeOf(partner.secret))).status, 303);
});

test('a recovery code signs in once in place of the app, however it is typed', async () => {
  const partner = await partnerWithMfa();
  assert.equal(new Set(partner.recoveryCodes).size, 8);
  const use = async (recoveryCode: string): Promise<number> => {
    const { browser, page } = await openCodePage(partner);
    return (await browser.submit(page, { recovery_code: recoveryCode })).status;
  };
  const [first = '', second = ''] = partner.recoveryCodes;
  assert.deepEqual([await use(first), await use(first)], [303, 400]);
  assert.equal(await use(second.replaceAll('-', ' ')), 303);
});

test('another app takes the place of the first one only after a code of the first one', async () => {
  const partner = await partnerWithMfa();
  const browser = openBrowser();
  const page = await browser.submit(await browser.open(`${muster.url}/mfasetup`), password(partner));
  assert.doesNotMatch(page.text, /<svg/);
  const { secret } = await setUp(browser, await browser.submit(page, { code: codeOf(partner.secret) }));
  after(60);
  const old = await openCodePage(partner);
  assert.equal((await old.browser.submit(old.page, { code: codeOf(partner.secret) })).status, 400);
  const { browser: other, page: codePage } = await openCodePage(partner);
  assert.equal((await other.submit(codePage, { code: codeOf(secret) })).status, 303);
});

test('a set-up page that was opened before another app was set up replaces nothing', async () => {
  const partner = await makePartner(muster);
  const open = async () => {
    const browser = openBrowser();
    const page = await browser.submit(await browser.open(`${muster.url}/mfasetup`), password(partner));
    return { browser, page };
  };
  const [thief, owner] = [await open(), await open()];
  await setUp(owner.browser, owner.page);
  const refused = await thief.browser.submit(thief.page, { code: codeOf(shownSecret(thief.page)) });
  assert.match(refused.text, /has since been set up for this account/);
});

test('the page of one step is taken for no other: a page that asks for the code cannot be skipped', async () => {
  const partner = await partnerWithMfa();
  const { browser, page } = await openCodePage(partner);
  const skipped = await browser.submit(page, { ...password(partner), action: 'sign-in' });
  assert.equal(skipped.status, 400);
  const deviceLogin = await openCodePage(partner);
  const ticket = /name="ticket" value="([^"]*)"/.exec(deviceLogin.page.text)?.[1] ?? '';
  const moved = await deviceLogin.browser.submit(await deviceLogin.browser.open(`${muster.url}/mfasetup`), {
    ticket,
    code: codeOf(partner.secret),
  });
  assert.match(moved.text, /This page has expired/);
});

test('a reset forgets the app and ends all sign-ins', async () => {
  const partner = await partnerWithMfa();
  const { browser, page } = await openCodePage(partner);
  const { body } = await redeem(partner, await browser.submit(page, { code: codeOf(partner.secret) }));
  const reset = await muster.admin('PATCH', `/users/${partner.user.userId}`, { resetMfa: true });
  assert.equal(reset.body.isMfaRegistered, false);
  assert.equal((await refresh(partner, body.refresh_token)).status, 400);
});

test('neither keys nor codes reach the log, and no answer shows a key again', async () => {
  const partner = await partnerWithMfa();
  const lines = JSON.stringify(muster.logLines);
  for (const secret of [partner.secret.toString('base64url'), ...partner.recoveryCodes])
    assert.ok(!lines.includes(secret));
  const user = await muster.admin('GET', `/users/${partner.user.userId}`);
  assert.deepEqual(
    Object.keys(user.body).filter((name) => /secret|key|code/i.test(name)),
    [],
  );
});
