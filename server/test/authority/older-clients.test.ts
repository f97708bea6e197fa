import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { claimsOf, makePartner, postForm, startAdministeredMuster } from '../support/administrator.ts';
import { openBrowser } from '../support/browser.ts';

const muster = await startAdministeredMuster({
  settings: {
    MUSTER_PASSWORD_GRANT: 'true',
    MUSTER_AUTHORITY_HOSTS: 'muster.contoso.example, Other.Example:8443',
  },
});
const partner = await makePartner(muster);
const { user } = partner;
const { clientId, clientSecret } = partner.confidential;
const onlyUri = 'https://one.contoso.example/back';
await muster.admin('PATCH', `/applications/${clientId}`, { redirectUris: [onlyUri] });

const passwordForm = {
  grant_type: 'password',
  client_id: partner.publicClientId,
  username: user.userPrincipalName,
  password: user.password,
};

function authorizeUrl(fields: Record<string, string>): string {
  return `${muster.url}/common/oauth2/authorize?${new URLSearchParams({ client_id: clientId, ...fields }).toString()}`;
}

test('a v1 user token comes with an ID token, unasked: ADAL takes the user id from it', async () => {
  const { body } = await postForm(muster, 'common/oauth2/token', passwordForm);
  assert.equal(claimsOf(body.id_token).oid, user.userId);
});

test('a sign-in without redirect_uri goes to the only one that is registered, and its code needs none either', async () => {
  const browser = openBrowser();
  const page = await browser.open(authorizeUrl({ response_type: 'code' }));
  const answer = await browser.submit(page, { username: user.userPrincipalName, password: user.password });
  const back = new URL(answer.headers.get('location') ?? '');
  assert.equal(back.origin + back.pathname, onlyUri);
  const redeemed = await postForm(muster, 'common/oauth2/token', {
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: clientSecret,
    code: back.searchParams.get('code') ?? '',
  });
  assert.equal(redeemed.status, 200);
  const several = await openBrowser().open(
    `${muster.url}/common/oauth2/authorize?response_type=code&client_id=${partner.publicClientId}`,
  );
  assert.equal(several.status, 400, 'with several registered, one has to be named');
});

test('code id_token comes back by form_post, the ID token tied to the code and the nonce', async () => {
  const browser = openBrowser();
  const fields = { response_type: 'code id_token', response_mode: 'form_post', nonce: 'n-1' };
  const page = await browser.open(authorizeUrl(fields));
  const answer = await browser.submit(page, { username: user.userPrincipalName, password: user.password });
  const valueOf = (name: string): string =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(answer.text)?.[1] ?? '';
  const { nonce, c_hash: codeHash, oid } = claimsOf(valueOf('id_token'));
  assert.deepEqual({ nonce, oid }, { nonce: 'n-1', oid: user.userId });
  const expected = hash('sha256', valueOf('code'), 'buffer').subarray(0, 16).toString('base64url');
  assert.equal(codeHash, expected);
});

test('an ID token is never sent in a query, and not without a nonce', async () => {
  for (const fields of [{ response_mode: 'query', nonce: 'n' }, { response_mode: 'fragment' }]) {
    const page = await openBrowser().open(authorizeUrl({ response_type: 'id_token code', ...fields }));
    assert.equal(page.status, 303);
    assert.match(page.headers.get('location') ?? '', /error=invalid_request/);
  }
});

test('a token request may be a multipart form', async () => {
  const form = new FormData();
  for (const [name, value] of Object.entries(passwordForm)) form.set(name, value);
  const response = await fetch(`${muster.url}/common/oauth2/token`, { method: 'POST', body: form });
  assert.equal(response.status, 200);
});

test('ADAL is told that every user signs in here, whether there is one or not', async () => {
  for (const upn of [user.userPrincipalName, 'nobody@contoso.example']) {
    const response = await fetch(`${muster.url}/common/UserRealm/${upn}?api-version=1.0`);
    const realm = (await response.json()) as Record<string, unknown>;
    assert.equal(realm.account_type, 'Managed');
    assert.equal(realm.domain_name, upn.split('@')[1]);
  }
});

async function discoverInstance(host: string, askedAt = muster.url): Promise<Response> {
  const query = new URLSearchParams({ authorization_endpoint: `https://${host}/common/oauth2/authorize` });
  return fetch(`${askedAt}/common/discovery/instance?${query.toString()}`);
}

test('instance discovery confirms every name that reaches the authority, and no other', async () => {
  const { host, port } = new URL(muster.url);
  const names = [host, `localhost:${port}`, `[::1]:${port}`, 'muster.contoso.example', 'other.example:8443'];
  for (const name of names) {
    const response = await discoverInstance(name);
    assert.equal(response.status, 200, name);
    const { metadata } = (await response.json()) as { metadata: { aliases: string[] }[] };
    assert.deepEqual(
      names.filter((one) => !metadata[0]?.aliases.includes(one)),
      [],
    );
  }
  for (const name of ['evil.example', 'other.example', 'login.microsoftonline.com', `${host}.evil.example`])
    assert.equal((await discoverInstance(name)).status, 400, name);
});

async function tokenFor(resource: string): Promise<string> {
  const { body } = await postForm(muster, 'common/oauth2/token', { ...passwordForm, resource });
  return String(body.access_token);
}

async function exchange(token: string, body: string): Promise<{ status: number; code: unknown }> {
  const response = await muster.call('POST', '/v3/generatetoken', { token, body });
  return { status: response.status, code: ((await response.json()) as { code?: string }).code };
}

test('/v3/generatetoken takes a form and JSON, and no token for the retired audience', async () => {
  const today = await tokenFor('https://api.partnercenter.microsoft.com');
  for (const body of ['grant_type=jwt_token', '{"grant_type":"jwt_token"}'])
    assert.equal((await exchange(today, body)).status, 200, body);
  assert.equal((await exchange(today, '[]')).status, 400);
  const retired = await tokenFor('https://graph.windows.net');
  assert.deepEqual(await exchange(retired, 'grant_type=jwt_token'), { status: 401, code: '900420' });
});
