import assert from 'node:assert/strict';
import { hash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import {
  claimsOf,
  loopbackUri,
  makePartner,
  postForm,
  redirectUri,
  startAdministeredMuster,
  type FormAnswer,
} from '../support/administrator.ts';
import { openBrowser } from '../support/browser.ts';

let clock = new Date('2026-11-20T10:00:00Z');
const muster = await startAdministeredMuster({ now: () => clock });
const partner = await makePartner(muster);
const { user } = partner;
const scope = 'openid offline_access https://api.partnercenter.microsoft.com/user_impersonation';

function newChallenge(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: hash('sha256', verifier, 'base64url') };
}

function authorizeUrl(fields: Record<string, string>, path = 'oauth2/v2.0/authorize'): string {
  const parameters = new URLSearchParams({ response_type: 'code', state: 's & t', scope, ...fields });
  return `${muster.url}/${partner.partnerId}/${path}?${parameters.toString()}`;
}

/** Signs the user in and gives the address the browser is sent to. */
async function signIn(fields: Record<string, string>): Promise<URL> {
  const browser = openBrowser();
  const page = await browser.open(authorizeUrl(fields));
  assert.equal(page.status, 200, page.text);
  const answer = await browser.submit(page, { username: user.userPrincipalName, password: user.password });
  assert.equal(answer.status, 303, answer.text);
  return new URL(answer.headers.get('location') ?? '');
}

function redeem(fields: Record<string, string>): Promise<FormAnswer> {
  return postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
    grant_type: 'authorization_code',
    client_id: partner.publicClientId,
    redirect_uri: redirectUri,
    ...fields,
  });
}

test('a public application signs a user in with PKCE, and a refresh token comes with it', async () => {
  const { verifier, challenge } = newChallenge();
  const back = await signIn({
    client_id: partner.publicClientId,
    redirect_uri: redirectUri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    nonce: 'n-1',
  });
  assert.equal(back.origin + back.pathname, redirectUri);
  assert.equal(back.searchParams.get('state'), 's & t');
  const answer = await redeem({ code: back.searchParams.get('code') ?? '', code_verifier: verifier });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.equal(claimsOf(answer.body.access_token).upn, user.userPrincipalName);
  assert.equal(claimsOf(answer.body.id_token).nonce, 'n-1');
  assert.equal(typeof answer.body.refresh_token, 'string');
});

test('an application with a secret may leave PKCE out, and needs its secret to redeem', async () => {
  const { clientId, clientSecret } = partner.confidential;
  const back = await signIn({ client_id: clientId, redirect_uri: redirectUri });
  const code = back.searchParams.get('code') ?? '';
  assert.equal((await redeem({ client_id: clientId, code })).status, 401);
  const answer = await redeem({ client_id: clientId, client_secret: clientSecret, code });
  assert.equal(answer.status, 200);
});

test('a loopback redirect URI works on any port, and another path does not', async () => {
  const { challenge } = newChallenge();
  const pkce = {
    code_challenge: challenge,
    code_challenge_method: 'S256',
    client_id: partner.publicClientId,
  };
  const uri = 'http://127.0.0.1:51234/signed-in';
  const back = await signIn({ ...pkce, redirect_uri: uri });
  assert.equal(back.origin + back.pathname, uri);
  const page = await openBrowser().open(authorizeUrl({ ...pkce, redirect_uri: `${loopbackUri}/else` }));
  assert.equal(page.status, 400);
});

test('a browser is never sent to an address that is not registered', async () => {
  const client = { client_id: partner.publicClientId };
  for (const uri of [
    'https://evil.example/signed-in',
    `${redirectUri}/more`,
    `${redirectUri}?x=1`,
    'https://app.contoso.example.evil.example/signed-in',
    'http://127.0.0.1@evil.example/signed-in',
    'javascript:alert(1)',
  ]) {
    const page = await openBrowser().open(
      authorizeUrl({ ...client, redirect_uri: uri, response_type: 'nonsense' }),
    );
    assert.equal(page.status, 400, uri);
    assert.equal(page.headers.get('location'), null);
  }
  const unknown = await openBrowser().open(authorizeUrl({ client_id: 'x', redirect_uri: redirectUri }));
  assert.equal(unknown.status, 400);
});

const told: [string, Record<string, string>, string][] = [
  ['no PKCE from a public application', {}, 'invalid_request'],
  [
    'the plain PKCE method',
    { code_challenge: 'a'.repeat(43), code_challenge_method: 'plain' },
    'invalid_request',
  ],
  ['a challenge that is none', { code_challenge: 'short', code_challenge_method: 'S256' }, 'invalid_request'],
  ['an implicit response', { response_type: 'token' }, 'unsupported_response_type'],
  ['another response mode', { response_mode: 'web_message' }, 'invalid_request'],
  ['a silent sign-in', { prompt: 'none' }, 'login_required'],
];

for (const [name, fields, error] of told) {
  test(`the application is told about ${name}`, async () => {
    const url = authorizeUrl({ client_id: partner.publicClientId, redirect_uri: redirectUri, ...fields });
    const page = await openBrowser().open(url);
    assert.equal(page.status, 303);
    const back = new URL(page.headers.get('location') ?? '');
    assert.equal(back.origin + back.pathname, redirectUri);
    assert.equal(back.searchParams.get('error'), error);
    assert.equal(back.searchParams.get('state'), 's & t');
  });
}

test('an answer that is posted stands in no address, and its page runs its own submission and nothing else', async () => {
  const { challenge } = newChallenge();
  const browser = openBrowser();
  const page = await browser.open(
    authorizeUrl({
      client_id: partner.publicClientId,
      redirect_uri: redirectUri,
      response_mode: 'form_post',
      state: '"><script>alert(1)</script>',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    }),
  );
  const answer = await browser.submit(page, { username: user.userPrincipalName, password: user.password });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('location'), null);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.ok(answer.text.includes(`<form method="post" action="${redirectUri}">`), answer.text);
  assert.match(answer.text, /name="code" value="[\w-]{43}"/);
  const scripts = [...answer.text.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script = '']) => script);
  assert.equal(scripts.length, 1);
  const policy = answer.headers.get('content-security-policy') ?? '';
  assert.ok(policy.includes(`script-src 'sha256-${hash('sha256', scripts[0] ?? '', 'base64')}'`), policy);
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /form-action 'self' https:\/\/app\.contoso\.example(;|$)/);
});

async function newCode(): Promise<{ code: string; verifier: string }> {
  const { verifier, challenge } = newChallenge();
  const back = await signIn({
    client_id: partner.publicClientId,
    redirect_uri: redirectUri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  return { code: back.searchParams.get('code') ?? '', verifier };
}

test('a code is good once; when it comes again, what it gave is revoked', async () => {
  const { code, verifier } = await newCode();
  const first = await redeem({ code, code_verifier: verifier });
  assert.equal(first.status, 200);
  const second = await redeem({ code, code_verifier: verifier });
  assert.deepEqual(second.body.error_codes, [54005]);
  const refreshed = await postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
    grant_type: 'refresh_token',
    client_id: partner.publicClientId,
    refresh_token: String(first.body.refresh_token),
  });
  assert.equal(refreshed.status, 400);
});

test('a code needs its own verifier, redirect URI and application, and five minutes', async () => {
  const wrong = await newCode();
  const verified = await redeem({ code: wrong.code, code_verifier: newChallenge().verifier });
  assert.deepEqual(verified.body.error_codes, [501481]);

  const moved = await newCode();
  const elsewhere = await redeem({
    code: moved.code,
    code_verifier: moved.verifier,
    redirect_uri: loopbackUri,
  });
  assert.deepEqual(elsewhere.body.error_codes, [50011]);

  const foreign = await newCode();
  const { clientId, clientSecret } = partner.confidential;
  const other = await redeem({
    client_id: clientId,
    client_secret: clientSecret,
    code: foreign.code,
    code_verifier: foreign.verifier,
  });
  assert.deepEqual(other.body.error_codes, [70000]);

  const late = await newCode();
  clock = new Date(clock.getTime() + 300_001);
  const expired = await redeem({ code: late.code, code_verifier: late.verifier });
  assert.deepEqual(expired.body.error_codes, [70008]);
});

test('a refused try does not use a code up: a wrong verifier, another redirect URI, a foreign application', async () => {
  const { code, verifier } = await newCode();
  const { clientId, clientSecret } = partner.confidential;
  const refusals = [
    await redeem({ code, code_verifier: newChallenge().verifier }),
    await redeem({ code, code_verifier: verifier, redirect_uri: loopbackUri }),
    await redeem({ client_id: clientId, client_secret: clientSecret, code, code_verifier: verifier }),
  ];
  for (const { status } of refusals) assert.equal(status, 400);
  assert.equal((await redeem({ code, code_verifier: verifier })).status, 200);
});

function refresh(token: unknown): Promise<FormAnswer> {
  return postForm(muster, `${partner.partnerId}/oauth2/v2.0/token`, {
    grant_type: 'refresh_token',
    client_id: partner.publicClientId,
    refresh_token: String(token),
  });
}

test('a replay revokes what the code gave, also when it races with the first use and when the code has ended', async () => {
  for (let round = 0; round < 40; round++) {
    const { code, verifier } = await newCode();
    const answers = await Promise.all([1, 2, 3].map(() => redeem({ code, code_verifier: verifier })));
    const winners = answers.filter(({ status }) => status === 200);
    assert.equal(winners.length, 1);
    assert.equal((await refresh(winners[0]?.body.refresh_token)).status, 400, `round ${round}`);
  }
  const { code, verifier } = await newCode();
  const first = await redeem({ code, code_verifier: verifier });
  clock = new Date(clock.getTime() + 3_600_000);
  await newCode();
  assert.equal((await redeem({ code, code_verifier: newChallenge().verifier })).status, 400);
  assert.equal((await refresh(first.body.refresh_token)).status, 400);
});

test('a replay revokes tokens that are being replaced at the same time', async () => {
  for (let round = 0; round < 10; round++) {
    const { code, verifier } = await newCode();
    const first = await redeem({ code, code_verifier: verifier });
    const [refreshed] = await Promise.all([
      refresh(first.body.refresh_token),
      redeem({ code, code_verifier: verifier }),
    ]);
    assert.equal((await refresh(refreshed.body.refresh_token)).status, 400, `round ${round}`);
  }
});
