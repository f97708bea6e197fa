import {
  AuthError,
  ConfidentialClientApplication,
  CryptoProvider,
  PublicClientApplication,
  ServerError,
} from '@azure/msal-node';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { claimsOf, makePartner, redirectUri, startAdministeredMuster } from '../support/administrator.ts';
import { openBrowser } from '../support/browser.ts';
import { startTlsFront } from '../support/tls-front.ts';
import { useEveryOperation } from './use-every-operation.ts';

// MSAL insists on https, so a real TLS end stands in front, as in production. Its authority is trusted by this process
// alone, as NODE_EXTRA_CA_CERTS would have it.
const front = await startTlsFront();
setDefaultCACertificates([...getCACertificates('default'), front.certificate]);
const muster = await startAdministeredMuster({ settings: { MUSTER_PUBLIC_URL: front.url } });
front.target = muster.url;

const partner = await makePartner(muster);
const { clientId, clientSecret } = partner.confidential;
const person = { username: partner.user.userPrincipalName, password: partner.user.password };
const userScopes = ['https://api.partnercenter.microsoft.com/user_impersonation'];

/** How a program names Muster to MSAL: its host is known, so that MSAL asks Azure AD nothing about it. */
function authorityOf(tenant = partner.partnerId) {
  return { authority: `${front.url}/${tenant}`, knownAuthorities: [new URL(front.url).host] };
}

const application = new ConfidentialClientApplication({ auth: { clientId, clientSecret, ...authorityOf() } });
const desk = new PublicClientApplication({ auth: { clientId: partner.publicClientId, ...authorityOf() } });

test('an application signs in, keeps its token, and does everything there is to do with it', async () => {
  const scopes = ['https://api.partnercenter.microsoft.com/.default'];
  const first = await application.acquireTokenByClientCredential({ scopes });
  assert.equal(claimsOf(first?.accessToken).tid, partner.partnerId);
  const again = await application.acquireTokenByClientCredential({ scopes });
  assert.equal(again?.fromCache, true);
  await useEveryOperation({
    baseUrl: front.url,
    getToken: async () => {
      const token = await application.acquireTokenByClientCredential({ scopes });
      return { token: token?.accessToken ?? '', expiresOnTimestamp: Number(token?.expiresOn) };
    },
  });
});

test("a tenant's domain and graph.windows.net, the audience of Microsoft's SDKs, work as well", async () => {
  const auth = { clientId, clientSecret, ...authorityOf(partner.domainName) };
  const token = await new ConfidentialClientApplication({ auth }).acquireTokenByClientCredential({
    scopes: ['https://graph.windows.net/.default'],
  });
  assert.equal(claimsOf(token?.accessToken).aud, 'https://graph.windows.net');
});

test("refusals reach the program as MSAL's ServerError, with number and correlation id", async () => {
  const cases = [
    { auth: { clientSecret: 'wrong' }, code: 'invalid_client', number: 7000215 },
    { auth: { clientId: crypto.randomUUID() }, code: 'unauthorized_client', number: 700016 },
    { scopes: ['https://elsewhere.example/.default'], code: 'invalid_resource', number: 500011 },
  ];
  for (const { auth, scopes = ['https://graph.windows.net/.default'], code, number } of cases) {
    const program = new ConfidentialClientApplication({
      auth: { clientId, clientSecret, ...authorityOf(), ...auth },
    });
    const correlationId = crypto.randomUUID();
    await assert.rejects(program.acquireTokenByClientCredential({ scopes, correlationId }), (error) => {
      assert.ok(error instanceof ServerError);
      assert.equal(error.errorCode, code);
      // A number, as Azure AD's is, though MSAL's type says text.
      assert.equal(Number(error.errorNo), number);
      assert.ok(error.errorMessage.includes(`Correlation ID: ${correlationId}`), error.errorMessage);
      return true;
    });
  }
});

test('a person signs in with a device code, and MSAL goes on without them', async () => {
  const token = await desk.acquireTokenByDeviceCode({
    scopes: userScopes,
    deviceCodeCallback: async ({ verificationUri, userCode }) => {
      const browser = openBrowser();
      const page = await browser.submit(await browser.open(verificationUri), { code: userCode });
      await browser.submit(page, person);
    },
  });
  assert.equal(claimsOf(token?.accessToken).upn, partner.user.userPrincipalName);
  const account = token?.account;
  assert.ok(account);
  assert.equal((await desk.acquireTokenSilent({ account, scopes: userScopes })).fromCache, true);
  for (let count = 0; count < 2; count++) {
    const fresh = await desk.acquireTokenSilent({ account, scopes: userScopes, forceRefresh: true });
    assert.equal(fresh.fromCache, false);
    assert.equal(fresh.account?.homeAccountId, account.homeAccountId);
  }
});

for (const [kind, program] of [
  ['a public application', desk],
  ['an application with a secret', application],
] as const) {
  for (const responseMode of ['query', 'fragment', 'form_post'] as const) {
    test(`${kind} signs a person in by a code that comes back as ${responseMode}`, async () => {
      const pkce = await new CryptoProvider().generatePkceCodes();
      const asked = { scopes: userScopes, redirectUri, state: 'a state', nonce: crypto.randomUUID() };
      const url = await program.getAuthCodeUrl({
        ...asked,
        responseMode,
        codeChallenge: pkce.challenge,
        codeChallengeMethod: 'S256',
      });
      const browser = openBrowser();
      const page = await browser.submit(await browser.open(url), person);
      const fields = fieldsOf(page, responseMode);
      assert.equal(fields.get('state'), asked.state);
      const token = await program.acquireTokenByCode({
        ...asked,
        code: fields.get('code') ?? '',
        codeVerifier: pkce.verifier,
      });
      assert.equal(token.account?.username, partner.user.userPrincipalName);
    });
  }
}

/** What the application is told, wherever it stands. */
function fieldsOf(page: { text: string; headers: Headers }, responseMode: string): URLSearchParams {
  if (responseMode === 'form_post') {
    assert.ok(page.text.includes(`action="${redirectUri}"`));
    const inputs = page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
    return new URLSearchParams(
      [...inputs].map(([, name = '', value = '']): [string, string] => [name, value]),
    );
  }
  const back = new URL(page.headers.get('location') ?? '');
  assert.equal(back.origin + back.pathname, redirectUri);
  return responseMode === 'query' ? back.searchParams : new URLSearchParams(back.hash.slice(1));
}

/** A desktop program that signs people in on a port of its own; how MSAL is told of it. */
async function makeInteractiveTool() {
  const created = await muster.admin('POST', `/partners/${partner.partnerId}/applications`, {
    name: 'Interactive tool',
    isPublic: true,
    redirectUris: ['http://localhost'],
  });
  return { clientId: String(created.body.clientId), ...authorityOf() };
}

test("a desktop program's interactive sign-in comes back to the port it listens on", async () => {
  const auth = await makeInteractiveTool();
  const token = await new PublicClientApplication({ auth }).acquireTokenInteractive({
    scopes: userScopes,
    openBrowser: async (url) => {
      const browser = openBrowser();
      const page = await browser.submit(await browser.open(url), person);
      assert.equal(page.status, 200, page.headers.get('location') ?? '');
      // The form that posts itself, as a browser would.
      await browser.submit(page, {});
    },
  });
  assert.equal(token.account?.username, partner.user.userPrincipalName);
});

test('a person who cancels is an error of the program, and no token', async () => {
  const auth = await makeInteractiveTool();
  const signIn = new PublicClientApplication({ auth }).acquireTokenInteractive({
    scopes: userScopes,
    openBrowser: async (url) => {
      const browser = openBrowser();
      const page = await browser.submit(await browser.open(url), { action: 'cancel' });
      await browser.submit(page, {});
    },
  });
  await assert.rejects(
    signIn,
    (error) => error instanceof AuthError && /access_denied/.test(error.errorCode),
  );
});
