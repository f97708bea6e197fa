import assert from 'node:assert/strict';
import { hash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { claimsOf, makePartner, startAdministeredMuster } from '../support/administrator.ts';
import { launchChromium, noChromium, patienceMs } from '../support/chromium.ts';

/** What came to the application's redirect URI. */
interface Arrival {
  readonly method: string;
  readonly body: string;
}

/** An application's web site, on an origin of its own. */
async function serveApplication(): Promise<{ origin: string; arrivals: Arrival[] }> {
  const arrivals: Arrival[] = [];
  const server = createServer(async (request, response) => {
    const body = (await request.setEncoding('utf8').toArray()).join('');
    if (request.url?.startsWith('/signed-in')) arrivals.push({ method: request.method ?? '', body });
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>The application</title>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrivals };
}

/** Where the fields of an answer are, by the way it came. */
function fieldsOf(page: Page, arrival: Arrival | undefined, responseMode: string): URLSearchParams {
  if (responseMode === 'form_post') {
    assert.equal(arrival?.method, 'POST');
    return new URLSearchParams(arrival.body);
  }
  assert.equal(arrival?.method, 'GET');
  const { search, hash: fragment } = new URL(page.url());
  return new URLSearchParams(responseMode === 'query' ? search : fragment.slice(1));
}

test(
  "in a browser, a page's application signs a user in by PKCE in every response mode, fetches its token itself and calls the API",
  { skip: noChromium },
  async () => {
    const { origin, arrivals } = await serveApplication();
    const muster = await startAdministeredMuster({ settings: { MUSTER_CORS_ORIGINS: origin } });
    const partner = await makePartner(muster);
    const browser = await launchChromium();
    for (const responseMode of ['query', 'fragment', 'form_post']) {
      const context = await browser.newContext();
      const page = await context.newPage();
      page.setDefaultTimeout(patienceMs);
      const verifier = randomBytes(32).toString('base64url');
      const asked = new URLSearchParams({
        client_id: partner.publicClientId,
        redirect_uri: `${origin}/signed-in`,
        response_type: 'code',
        response_mode: responseMode,
        scope: 'https://api.partnercenter.microsoft.com/user_impersonation',
        code_challenge: hash('sha256', verifier, 'base64url'),
        code_challenge_method: 'S256',
      });
      const authority = `${muster.url}/${partner.partnerId}/oauth2/v2.0`;
      await page.goto(`${authority}/authorize?${asked.toString()}`);
      await page.fill('#username', partner.user.userPrincipalName);
      await page.fill('#password', partner.user.password);
      await page.click('button.primary');
      await page.waitForURL(`${origin}/signed-in**`);
      const code = fieldsOf(page, arrivals.at(-1), responseMode).get('code') ?? '';
      assert.match(code, /^[\w-]{43}$/, responseMode);

      const form = new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: partner.publicClientId,
        redirect_uri: `${origin}/signed-in`,
        code,
        code_verifier: verifier,
      });
      const [token, status] = await page.evaluate<[string, number]>(
        `(async () => {
          const body = new URLSearchParams(${JSON.stringify(form.toString())});
          const answer = await fetch(${JSON.stringify(`${authority}/token`)}, { method: 'POST', body });
          const { access_token: token } = await answer.json();
          const headers = { Authorization: 'Bearer ' + token };
          const customers = await fetch(${JSON.stringify(`${muster.url}/v1/customers`)}, { headers });
          return [token, customers.status];
        })()`,
      );
      assert.equal(claimsOf(token).upn, partner.user.userPrincipalName);
      assert.equal(status, 200);
      await context.close();
    }
  },
);
