import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePartner, redirectUri, startAdministeredMuster } from '../support/administrator.ts';
import { openBrowser } from '../support/browser.ts';

let clock = new Date('2026-11-20T10:00:00Z');
const muster = await startAdministeredMuster({ now: () => clock });
const partner = await makePartner(muster);
const { user } = partner;

function pageUrl(fields: Record<string, string> = {}): string {
  const parameters = new URLSearchParams({
    client_id: partner.confidential.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'https://api.partnercenter.microsoft.com/user_impersonation',
    ...fields,
  });
  return `${muster.url}/${partner.partnerId}/oauth2/v2.0/authorize?${parameters.toString()}`;
}

test('the page runs nothing, loads nothing, is shown in no frame and kept by nobody', async () => {
  const page = await openBrowser().open(pageUrl());
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(policy, /form-action 'self' https:\/\/app\.contoso\.example(;|$)/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.equal(page.headers.get('x-frame-options'), 'DENY');
  assert.equal(page.headers.get('cache-control'), 'no-store');
  assert.doesNotMatch(page.text, /<script|<link|<img|https?:\/\//i);
  assert.match(page.headers.get('set-cookie') ?? '', /; HttpOnly; SameSite=Lax/);
});

test('names from elsewhere are shown as text', async () => {
  const page = await openBrowser().open(pageUrl({ login_hint: '"><script>alert(1)</script>' }));
  assert.match(page.text, /Automation &amp; &lt;Tools&gt;/);
  assert.doesNotMatch(page.text, /<script/);
  assert.match(page.text, /value="&quot;&gt;&lt;script&gt;/);
});

test("another site's form is refused: it has no ticket of this browser", async () => {
  const browser = openBrowser();
  const page = await browser.open(pageUrl());
  const fields = { username: user.userPrincipalName, password: user.password };

  const withoutCookie = await openBrowser().submit(page, fields);
  assert.equal(withoutCookie.status, 400);

  const stranger = openBrowser();
  await stranger.open(pageUrl());
  assert.equal((await stranger.submit(page, fields)).status, 400, "the ticket of somebody else's browser");

  const forged = await browser.submit(page, { ...fields, ticket: 'x.y.z' });
  assert.equal(forged.status, 400);
  assert.equal(forged.headers.get('location'), null);

  assert.equal((await browser.submit(page, fields)).status, 303);
});

test('an access token is no ticket', async () => {
  const browser = openBrowser();
  const page = await browser.open(pageUrl());
  const forged = await browser.submit(page, { ticket: await muster.token(), action: 'cancel' });
  assert.equal(forged.status, 400);
});

test('a page left open for a quarter of an hour has expired', async () => {
  const browser = openBrowser();
  const page = await browser.open(pageUrl());
  clock = new Date(clock.getTime() + 15 * 60_000 + 1000);
  const answer = await browser.submit(page, { username: user.userPrincipalName, password: user.password });
  assert.equal(answer.status, 400);
  assert.match(answer.text, /This page has expired/);
});

test('a wrong password shows the page again, with the name and without the password', async () => {
  const browser = openBrowser();
  const page = await browser.open(pageUrl());
  const fields = { username: user.userPrincipalName, password: 'a-wrong-password' };
  const again = await browser.submit(page, fields);
  assert.equal(again.status, 400);
  assert.match(again.text, /role="alert">The user name or password is incorrect/);
  assert.ok(again.text.includes(`value="${user.userPrincipalName}"`));
  assert.doesNotMatch(again.text, /a-wrong-password/);
  const answer = await browser.submit(again, { ...fields, password: user.password });
  assert.equal(answer.status, 303);
});

test('a user who cancels is sent back with access_denied', async () => {
  const browser = openBrowser();
  const page = await browser.open(pageUrl({ state: 'x' }));
  const answer = await browser.submit(page, { action: 'cancel' });
  const back = new URL(answer.headers.get('location') ?? '');
  assert.equal(back.searchParams.get('error'), 'access_denied');
  assert.equal(back.searchParams.get('state'), 'x');
});

test("the page speaks the browser's language", async () => {
  const page = await openBrowser({ 'accept-language': 'zh-TW,en;q=0.5' }).open(pageUrl());
  assert.match(page.text, /<html lang="zh-TW">/);
  assert.match(page.text, /使用者名稱/);
});
