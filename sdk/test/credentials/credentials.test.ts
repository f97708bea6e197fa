import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AuthenticationError,
  AuthorityUnavailableError,
  clientSecretCredential,
  deviceCodeCredential,
  refreshTokenCredential,
  type DeviceCodePrompt,
} from '../../src/index.ts';
import { instantRuntime } from '../support/instant-runtime.ts';
import { startScriptedServer } from '../support/scripted-server.ts';

const scope = 'https://api.partnercenter.microsoft.com/.default';
const identity = { tenantId: 'contoso.example', clientId: 'app-1' };

function fieldsOf(body: string | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body));
}

test('a client secret is exchanged at the tenant of the authority', async (t) => {
  const answer = { status: 200, body: { access_token: 'a', expires_in: 3599, token_type: 'Bearer' } };
  const { url: authority, requests } = await startScriptedServer(t, [answer]);
  const runtime = instantRuntime();
  const credential = clientSecretCredential({
    ...identity,
    clientSecret: 's&=%',
    authority: `${authority}/`,
    runtime,
  });
  const token = await credential.getToken(scope);
  assert.deepEqual(token, { token: 'a', expiresOnTimestamp: runtime.now() + 3_599_000 });
  assert.equal(requests[0]?.method, 'POST');
  assert.equal(requests[0]?.path, '/contoso.example/oauth2/v2.0/token');
  assert.deepEqual(fieldsOf(requests[0]?.body), {
    grant_type: 'client_credentials',
    client_id: 'app-1',
    client_secret: 's&=%',
    scope,
  });
});

test('a lifetime written as text, as old endpoints do, is read', async (t) => {
  const { url: authority } = await startScriptedServer(t, [
    { status: 200, body: { access_token: 'a', expires_in: '60' } },
  ]);
  const runtime = instantRuntime();
  const token = await clientSecretCredential({ ...identity, clientSecret: 's', authority, runtime }).getToken(
    scope,
  );
  assert.equal(token?.expiresOnTimestamp, runtime.now() + 60_000);
});

test("a refused secret is an AuthenticationError in the authority's words, without the secret", async (t) => {
  const body = {
    error: 'invalid_client',
    error_description: 'AADSTS7000215: Invalid client secret provided.',
  };
  const { url: authority, requests } = await startScriptedServer(t, [{ status: 401, body }]);
  const credential = clientSecretCredential({ ...identity, clientSecret: 'the-secret', authority });
  const error = await credential.getToken(scope).catch((caught: unknown) => caught);
  assert.ok(error instanceof AuthenticationError);
  assert.deepEqual([error.code, error.description], ['invalid_client', body.error_description]);
  assert.doesNotMatch(`${error.stack}${JSON.stringify(error)}`, /the-secret/);
  assert.equal(requests.length, 1);
});

test('an authority that is busy or breaks off is asked again', async (t) => {
  const { url: authority, requests } = await startScriptedServer(t, [
    { status: 503 },
    'cut',
    { status: 429, headers: { 'Retry-After': '7' } },
    { status: 200, body: { access_token: 'a', expires_in: 1 } },
  ]);
  const runtime = instantRuntime();
  await clientSecretCredential({ ...identity, clientSecret: 's', authority, runtime }).getToken(scope);
  assert.equal(requests.length, 4);
  assert.deepEqual(runtime.slept, [375, 750, 7000]);
});

test('an authority that answers HTML is an AuthenticationError that asks for the address', async (t) => {
  const { url: authority } = await startScriptedServer(t, [{ status: 200, body: '<html>' }]);
  const credential = clientSecretCredential({ ...identity, clientSecret: 's', authority });
  await assert.rejects(credential.getToken(scope), /Is this the address of the authority/);
});

test('a refresh token is used, and replaced by each new one that comes', async (t) => {
  const answers = ['r2', undefined, 'r3'].map((refresh_token, place) => ({
    status: 200,
    body: { access_token: `a${place}`, expires_in: 60, refresh_token },
  }));
  const { url: authority, requests } = await startScriptedServer(t, answers);
  const kept: string[] = [];
  const credential = refreshTokenCredential({
    ...identity,
    authority,
    refreshToken: 'r1',
    onRefreshToken: (token) => void kept.push(token),
  });
  for (let call = 0; call < 3; call++) await credential.getToken([scope]);
  const sent = requests.map((request) => fieldsOf(request.body));
  assert.deepEqual(
    sent.map((fields) => fields.refresh_token),
    ['r1', 'r2', 'r2'],
  );
  assert.equal(sent[0]?.grant_type, 'refresh_token');
  assert.equal('client_secret' in (sent[0] ?? {}), false);
  assert.deepEqual(kept, ['r2', 'r3']);
});

test('a device code is shown, asked for at the pace the authority wants, and refreshed without the person', async (t) => {
  const { url: authority, requests } = await startScriptedServer(t, [
    {
      status: 200,
      body: {
        device_code: 'd',
        user_code: 'ABCD',
        verification_uri: 'https://x',
        expires_in: 900,
        interval: 2,
      },
    },
    { status: 400, body: { error: 'authorization_pending' } },
    { status: 400, body: { error: 'slow_down' } },
    { status: 200, body: { access_token: 'a1', expires_in: 60, refresh_token: 'r1' } },
    { status: 200, body: { access_token: 'a2', expires_in: 60 } },
  ]);
  const runtime = instantRuntime();
  const prompts: DeviceCodePrompt[] = [];
  const credential = deviceCodeCredential({
    ...identity,
    authority,
    runtime,
    onPrompt: (prompt) => void prompts.push(prompt),
  });
  assert.equal((await credential.getToken(scope))?.token, 'a1');
  assert.equal((await credential.getToken(scope))?.token, 'a2');
  assert.equal(prompts.length, 1);
  assert.equal(prompts[0]?.message, 'Open https://x and enter the code ABCD.');
  assert.deepEqual(runtime.slept, [2000, 2000, 7000]);
  assert.equal(requests[0]?.path, '/contoso.example/oauth2/v2.0/devicecode');
  assert.equal(fieldsOf(requests[0]?.body).scope, `${scope} offline_access`);
  assert.equal(fieldsOf(requests[4]?.body).refresh_token, 'r1');
});

test('a device code that is refused or not used in time is an AuthenticationError', async (t) => {
  const code = {
    status: 200,
    body: { device_code: 'd', user_code: 'A', verification_uri: 'u', expires_in: 20 },
  };
  for (const error of ['access_denied', 'authorization_pending']) {
    const { url: authority } = await startScriptedServer(t, [code, { status: 400, body: { error } }]);
    const credential = deviceCodeCredential({
      ...identity,
      authority,
      runtime: instantRuntime(),
      onPrompt: () => {},
    });
    const expected = error === 'access_denied' ? 'access_denied' : 'expired_token';
    await assert.rejects(credential.getToken(scope), { name: 'AuthenticationError', code: expected });
  }
});

test('an authority that cannot answer is told apart from one that refuses, and blames no secret', async (t) => {
  const answers = [
    {
      status: 503,
      body: { error: 'temporarily_unavailable', error_description: 'The database cannot be reached.' },
    },
    { status: 502, body: '<html>Bad gateway' },
  ];
  for (const answer of answers) {
    const { url: authority, requests } = await startScriptedServer(t, [answer]);
    const runtime = instantRuntime();
    const credential = clientSecretCredential({ ...identity, clientSecret: 's', authority, runtime });
    await assert.rejects(credential.getToken(scope), (error) => {
      assert.ok(error instanceof AuthorityUnavailableError && !(error instanceof AuthenticationError));
      assert.deepEqual([error.origin, error.status], [authority, answer.status]);
      assert.match(error.message, /is unavailable \(50[23]\).*Try again later/);
      return true;
    });
    assert.equal(requests.length, 6);
  }
});

test('an authority that is back within the tries gives its token', async (t) => {
  const { url: authority } = await startScriptedServer(t, [
    { status: 503, headers: { 'Retry-After': '5' }, body: { error: 'temporarily_unavailable' } },
    { status: 200, body: { access_token: 'a', expires_in: 60 } },
  ]);
  const runtime = instantRuntime();
  const credential = clientSecretCredential({ ...identity, clientSecret: 's', authority, runtime });
  assert.equal((await credential.getToken(scope))?.token, 'a');
  assert.deepEqual(runtime.slept, [5000]);
});
