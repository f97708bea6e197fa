import assert from 'node:assert/strict';
import { hash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { totpCode, totpStep } from '../../src/authority/totp.ts';
import {
  loopbackUri,
  makePartner,
  postForm,
  redirectUri,
  startAdministeredMuster,
  type FormAnswer,
} from '../support/administrator.ts';
import { openBrowser, type TestPage } from '../support/browser.ts';

const muster = await startAdministeredMuster({ settings: { MUSTER_FAILED_SIGN_INS: '0' } });
const partner = await makePartner(muster);
const { user, publicClientId } = partner;
const markup = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;
const credentials = { username: user.userPrincipalName, password: user.password };

function newVerifier(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: hash('sha256', verifier, 'base64url') };
}

function authorizeUrl(fields: Record<string, string>): string {
  const query = new URLSearchParams({ client_id: publicClientId, response_type: 'code', ...fields });
  return `${muster.url}/common/oauth2/v2.0/authorize?${query.toString()}`;
}

function token(fields: Record<string, string>): Promise<FormAnswer> {
  return postForm(muster, 'common/oauth2/v2.0/token', { client_id: publicClientId, ...fields });
}

/** Signs in with a challenge, and gives the code. */
async function newCode(challenge: string): Promise<string> {
  const browser = openBrowser();
  const asked = { redirect_uri: redirectUri, code_challenge: challenge, code_challenge_method: 'S256' };
  const page = await browser.open(authorizeUrl({ ...asked, scope: 'offline_access' }));
  const back = await browser.submit(page, credentials);
  return new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

function redeem(code: string, fields: Record<string, string>): Promise<FormAnswer> {
  return token({ grant_type: 'authorization_code', redirect_uri: redirectUri, code, ...fields });
}

test('a code that was asked for with PKCE is not redeemed without its verifier, or with a weaker one', async () => {
  const { verifier, challenge } = newVerifier();
  const code = await newCode(challenge);
  const weaker = [
    {},
    { code_verifier: '' },
    { code_verifier: challenge },
    { code_verifier: verifier.slice(0, -1) },
    { code_verifier: verifier.toUpperCase() },
    { code_verifier: verifier, code_challenge_method: 'plain', redirect_uri: `${redirectUri}/` },
  ];
  for (const fields of weaker) assert.equal((await redeem(code, fields)).status, 400, JSON.stringify(fields));
  assert.equal((await redeem(code, { code_verifier: verifier })).status, 200);
});

test('a code, a refresh token and a device code that are offered twice give nothing the second time', async () => {
  const { verifier, challenge } = newVerifier();
  const code = await newCode(challenge);
  const first = await redeem(code, { code_verifier: verifier });
  assert.equal(first.status, 200);
  assert.equal((await redeem(code, { code_verifier: verifier })).status, 400);
  const refreshed = await token({
    grant_type: 'refresh_token',
    refresh_token: String(first.body.refresh_token),
  });
  assert.equal(refreshed.status, 400, 'what the code gave is revoked, too');

  const started = await postForm(muster, 'common/oauth2/v2.0/devicecode', { client_id: publicClientId });
  const browser = openBrowser();
  const typed = { code: String(started.body.user_code) };
  const page = await browser.submit(await browser.open(`${muster.url}/devicelogin`), typed);
  await browser.submit(page, credentials);
  const ask = () =>
    token({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: String(started.body.device_code),
    });
  const answers = await Promise.all([ask(), ask(), ask()]);
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 400, 400]);
  const again = await browser.submit(await browser.open(`${muster.url}/devicelogin`), typed);
  assert.equal(again.status, 400, 'its user code is spent');
});

/** Addresses that look like a registered one: a text put in, taken out or put in place of another. */
const nearlyRegistered = fc
  .tuple(
    fc.constantFrom(redirectUri, loopbackUri),
    fc.nat(),
    fc.nat({ max: 3 }),
    fc.constantFrom(
      '',
      '/',
      '//',
      '\\',
      '@',
      ':',
      '?',
      '#',
      '.',
      '..',
      '%2e',
      '%00',
      '\t',
      '\n',
      ' ',
      'evil.example',
      '@evil.example',
      '.evil.example',
      'https:',
      'javascript:',
      'A',
      '%41',
      '。',
      '127.1',
    ),
  )
  .map(([uri, at, cut, put]) => {
    const position = at % (uri.length + 1);
    return uri.slice(0, position) + put + uri.slice(position + cut);
  });

test('whatever nearly matches a registered redirect URI, the browser is sent to a registered one or nowhere', async () => {
  const registered = new URL(redirectUri);
  await fc.assert(
    fc.asyncProperty(nearlyRegistered, async (uri) => {
      // The implicit flow is refused by way of the redirect URI, if that is taken.
      const page = await openBrowser().open(authorizeUrl({ redirect_uri: uri, response_type: 'token' }));
      const location = page.headers.get('location');
      if (location === null) return assert.equal(page.status, 400, uri);
      const { origin, pathname, hostname, protocol, username } = new URL(location);
      assert.equal(username, '');
      if (protocol === 'http:') assert.deepEqual([hostname, pathname], ['127.0.0.1', '/signed-in'], uri);
      else assert.deepEqual([origin, pathname], [registered.origin, registered.pathname], uri);
    }),
    { numRuns: 150 },
  );
});

/** What a page must not be, whoever filled it. */
function assertHarmless(page: TestPage, where: string): void {
  assert.match(page.headers.get('content-type') ?? '', /^text\/html; charset=utf-8$/, where);
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /^default-src 'none'/, where);
  assert.match(policy, /frame-ancestors 'none'/, where);
  assert.doesNotMatch(policy, /unsafe|\*/, where);
  assert.equal(page.headers.get('x-frame-options'), 'DENY', where);
  assert.equal(page.headers.get('x-content-type-options'), 'nosniff', where);
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer', where);
  assert.equal(page.headers.get('cache-control'), 'no-store', where);
  assert.doesNotMatch(page.text, /<script>alert|<img/i, where);
  assert.doesNotMatch(page.text, /\son\w+\s*=\s*['"]?alert|javascript:/i, where);
}

test('markup in any value that a page shows or takes is text, on every page and in every step', async () => {
  const named = await makePartner(muster);
  const { clientId } = named.confidential;
  await muster.admin('PATCH', `/applications/${clientId}`, { name: markup.slice(0, 60) });
  const sign = { username: named.user.userPrincipalName, password: named.user.password };
  const everywhere = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    state: markup,
    scope: `openid ${markup}`,
    nonce: markup,
    login_hint: markup,
    domain_hint: markup,
    prompt: markup,
    user_code: markup,
    otc: markup,
  });
  everywhere.delete('scope');
  const starts = ['common/oauth2/authorize', 'common/oauth2/v2.0/authorize', 'devicelogin', 'mfasetup'];
  for (const start of starts) {
    const browser = openBrowser();
    const page = await browser.open(`${muster.url}/${start}?${everywhere.toString()}`);
    assertHarmless(page, start);
    const bad = { username: markup, password: markup, code: markup, action: markup, recovery_code: markup };
    assertHarmless(await browser.submit(page, bad), `${start}, refused`);
    assertHarmless(await browser.submit(page, { ...bad, ticket: markup }), `${start}, forged`);
  }
  const refused = await openBrowser().open(
    `${muster.url}/common/oauth2/authorize?client_id=${encodeURIComponent(markup)}`,
  );
  assertHarmless(refused, 'an unknown application');
  const tenant = await openBrowser().open(
    `${muster.url}/${encodeURIComponent(markup)}/oauth2/authorize?client_id=${clientId}`,
  );
  assertHarmless(tenant, 'an unknown tenant');

  const browser = openBrowser();
  const setUp = await browser.submit(await browser.open(`${muster.url}/mfasetup`), sign);
  assertHarmless(setUp, 'set-up');
  const again = await browser.submit(setUp, { code: markup });
  assertHarmless(again, 'set-up, refused');
  const key = (/<code class="shown">([A-Z2-7 ]+)/.exec(again.text)?.[1] ?? '').replaceAll(' ', '');
  const bits = [...key].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const secret = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const codes = await browser.submit(again, { code: totpCode(secret, totpStep(new Date())) });
  assertHarmless(codes, 'recovery codes');
  const ask = openBrowser();
  const asked = await ask.submit(
    await ask.open(`${muster.url}/common/oauth2/authorize?${everywhere.toString()}`),
    sign,
  );
  assertHarmless(asked, 'the code');
  assertHarmless(await ask.submit(asked, { code: markup, recovery_code: markup }), 'the code, refused');
});

test('a page of another site posts nothing: not with a ticket of its own, not without the cookie, not twice', async () => {
  const starts = [
    authorizeUrl({
      redirect_uri: redirectUri,
      code_challenge: newVerifier().challenge,
      code_challenge_method: 'S256',
    }),
    `${muster.url}/devicelogin`,
    `${muster.url}/mfasetup`,
  ];
  for (const start of starts) {
    const [victim, thief] = [openBrowser(), openBrowser()];
    const page = await thief.open(start);
    await victim.open(start);
    const refused = [
      await victim.submit(page, credentials),
      await openBrowser().submit(page, credentials),
      await victim.submit({ ...page, text: '' }, credentials),
    ];
    await thief.submit(page, { ...credentials, password: 'wrong' });
    refused.push(await thief.submit(page, credentials));
    for (const { status, headers } of refused) {
      assert.equal(status, 400, start);
      assert.equal(headers.get('location'), null, start);
    }
  }
});
