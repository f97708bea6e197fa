import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as client from 'openid-client';
import { makePartner, redirectUri, startAdministeredMuster } from '../support/administrator.ts';
import { openBrowser } from '../support/browser.ts';
import { useEveryOperation } from './use-every-operation.ts';

const muster = await startAdministeredMuster();
const partner = await makePartner(muster);
const { clientId, clientSecret } = partner.confidential;
const person = { username: partner.user.userPrincipalName, password: partner.user.password };
const scope = 'openid offline_access https://api.partnercenter.microsoft.com/user_impersonation';

/** What the program knows beforehand: the issuer, as Azure AD's v2.0 endpoints have it. Plain http is the test's. */
const issuer = new URL(`${muster.url}/${partner.partnerId}/v2.0`);
const options = { execute: [client.allowInsecureRequests] };
const application = await client.discovery(issuer, clientId, clientSecret, undefined, options);
const desk = await client.discovery(issuer, partner.publicClientId, undefined, client.None(), options);

test('an application signs in by client credentials and does everything there is to do', async () => {
  await useEveryOperation({
    baseUrl: muster.url,
    getToken: async () => {
      const token = await client.clientCredentialsGrant(application, {
        scope: 'https://api.partnercenter.microsoft.com/.default',
      });
      return { token: token.access_token, expiresOnTimestamp: Date.now() + (token.expiresIn() ?? 0) * 1000 };
    },
  });
});

test('an application may send its secret in a Basic header instead', async () => {
  const basic = await client.discovery(
    issuer,
    clientId,
    undefined,
    client.ClientSecretBasic(clientSecret),
    options,
  );
  const token = await client.clientCredentialsGrant(basic, { scope: 'https://graph.windows.net/.default' });
  assert.equal(token.token_type, 'bearer');
});

test("a refusal is the program's ResponseBodyError, with the authority's own code", async () => {
  const wrong = await client.discovery(issuer, clientId, 'wrong', undefined, options);
  const grant = client.clientCredentialsGrant(wrong, { scope: 'https://graph.windows.net/.default' });
  await assert.rejects(grant, (error) => {
    assert.ok(error instanceof client.ResponseBodyError);
    assert.equal(error.status, 401);
    assert.equal(error.error, 'invalid_client');
    assert.match(error.error_description ?? '', /^AADSTS7000215: /);
    return true;
  });
});

test('a person signs in with a device code, and a refresh token goes on without them', async () => {
  const started = await client.initiateDeviceAuthorization(desk, { scope });
  const browser = openBrowser();
  const page = await browser.submit(await browser.open(started.verification_uri), {
    code: started.user_code,
  });
  await browser.submit(page, person);
  const token = await client.pollDeviceAuthorizationGrant(desk, started);
  assert.equal(token.claims()?.oid, partner.user.userId);
  const fresh = await client.refreshTokenGrant(desk, token.refresh_token ?? '');
  assert.equal(fresh.token_type, 'bearer');
  assert.notEqual(fresh.refresh_token, token.refresh_token);
});

test('a person signs in by authorization code, PKCE, state and nonce; the ID token is checked whole', async () => {
  // The signature, too, which openid-client leaves to TLS otherwise.
  const strict = await client.discovery(issuer, partner.publicClientId, undefined, client.None(), {
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
  });
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedNonce = client.randomNonce();
  const expectedState = client.randomState();
  const url = client.buildAuthorizationUrl(strict, {
    redirect_uri: redirectUri,
    scope,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    nonce: expectedNonce,
    state: expectedState,
  });
  const browser = openBrowser();
  const back = await browser.submit(await browser.open(url.href), person);
  const address = new URL(back.headers.get('location') ?? '');
  const checks = { pkceCodeVerifier, expectedNonce, expectedState };
  const token = await client.authorizationCodeGrant(strict, address, checks);
  const claims = token.claims();
  assert.equal(claims?.iss, issuer.href);
  assert.equal(claims?.preferred_username, partner.user.userPrincipalName);
  const answer = await client.fetchProtectedResource(
    strict,
    token.access_token,
    new URL(`${muster.url}/v1/customers`),
    'GET',
  );
  assert.equal(answer.status, 200);
});

test("the API's refusals reach the program with the fault that says why", async () => {
  const { access_token: token } = await client.clientCredentialsGrant(application, {
    scope: 'https://graph.windows.net/.default',
  });
  const unknown = new URL(`${muster.url}/v1/customers/no-guid/deviceBatches`);
  const refused = await client.fetchProtectedResource(application, token, unknown, 'GET');
  assert.equal(refused.status, 400);
  assert.match(((await refused.json()) as { description: string }).description, /customer-id/);
  // openid-client reads the challenge of a 401 itself.
  await assert.rejects(client.fetchProtectedResource(application, 'no-token', unknown, 'GET'), (error) => {
    assert.ok(error instanceof client.WWWAuthenticateChallengeError);
    assert.equal(error.cause[0]?.parameters.error, 'invalid_token');
    return true;
  });
});
