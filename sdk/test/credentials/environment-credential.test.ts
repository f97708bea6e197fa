import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { AuthenticationError, Credential } from '../../src/index.ts';
import { startScriptedServer } from '../support/scripted-server.ts';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

function setVariables(variables: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('MUSTER_')) delete process.env[name];
  Object.assign(process.env, variables);
}

const identity = { MUSTER_TENANT_ID: 'tenant', MUSTER_CLIENT_ID: 'client' };

test('the environment gives a client secret, a refresh token, or a refresh token of a confidential application', async (t) => {
  const answer = { status: 200, body: { access_token: 'a', expires_in: 60 } };
  const { url, requests } = await startScriptedServer(t, [answer]);
  for (const variables of [
    { MUSTER_CLIENT_SECRET: 's' },
    { MUSTER_REFRESH_TOKEN: 'r', MUSTER_CLIENT_SECRET: '' },
    { MUSTER_REFRESH_TOKEN: 'r', MUSTER_CLIENT_SECRET: 's' },
  ]) {
    setVariables({ ...identity, ...variables, MUSTER_AUTHORITY: url });
    assert.equal((await Credential.fromEnvironment().getToken('scope'))?.token, 'a');
  }
  assert.ok(requests.every(({ path }) => path === '/tenant/oauth2/v2.0/token'));
  assert.deepEqual(
    requests.map(({ body }) => Object.fromEntries(new URLSearchParams(body))),
    [
      { grant_type: 'client_credentials', client_id: 'client', client_secret: 's', scope: 'scope' },
      { grant_type: 'refresh_token', client_id: 'client', refresh_token: 'r', scope: 'scope' },
      {
        grant_type: 'refresh_token',
        client_id: 'client',
        client_secret: 's',
        refresh_token: 'r',
        scope: 'scope',
      },
    ],
  );
});

test('a variable that is missing is named, and none of the others is printed', () => {
  for (const [variables, missing] of [
    [{}, /MUSTER_TENANT_ID/],
    [{ MUSTER_TENANT_ID: 't', MUSTER_CLIENT_ID: '' }, /MUSTER_CLIENT_ID/],
    [identity, /MUSTER_CLIENT_SECRET or MUSTER_REFRESH_TOKEN/],
    [{ MUSTER_CLIENT_SECRET: 'my secret' }, /^(?!.*my secret).*MUSTER_TENANT_ID/],
  ] as const) {
    setVariables(variables);
    assert.throws(
      () => Credential.fromEnvironment(),
      (error) => {
        assert.ok(error instanceof AuthenticationError);
        assert.match(error.message, missing);
        return true;
      },
    );
  }
});

test('where there are no environment variables, the error says so and what to use instead', () => {
  const { process } = globalThis;
  try {
    Reflect.deleteProperty(globalThis, 'process');
    assert.throws(
      () => Credential.fromEnvironment(),
      /no environment variables here.*clientSecretCredential/,
    );
  } finally {
    Object.defineProperty(globalThis, 'process', { value: process, configurable: true, writable: true });
  }
});
