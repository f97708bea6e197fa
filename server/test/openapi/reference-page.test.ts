import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchChromium, noChromium, patienceMs } from '../support/chromium.ts';
import { startTestMuster } from '../support/muster.ts';

/** A page with everything that it asked for and everything that it complained of. */
async function openReference(
  url: string,
): Promise<{ page: Page; requested: string[]; complaints: string[] }> {
  const browser = await launchChromium();
  const page = await browser.newPage();
  page.setDefaultTimeout(patienceMs);
  const requested: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(`${url}/reference`);
  await page.locator('.opblock').first().waitFor();
  return { page, requested, complaints };
}

test(
  'the reference page shows every operation, signs in and calls, and talks to its service alone',
  { skip: noChromium },
  async () => {
    const muster = await startTestMuster({
      settings: { MUSTER_PUBLIC_URL: 'https://muster.contoso.example' },
    });
    const { page, requested, complaints } = await openReference(muster.url);
    const { paths } = (await (await fetch(`${muster.url}/openapi.json`)).json()) as { paths: object };
    const operations = Object.values(paths).flatMap((methods: object) => Object.keys(methods));
    assert.equal(await page.locator('.opblock').count(), operations.length);

    await page.locator('.btn.authorize').click();
    const dialog = page.locator('.modal-ux');
    await dialog.locator('#client_id_clientCredentials, #client_id').fill(muster.credentials.clientId);
    await dialog
      .locator('#client_secret_clientCredentials, #client_secret')
      .fill(muster.credentials.clientSecret);
    await dialog.locator('.scopes label').first().click();
    await dialog.locator('.auth-container').first().locator('button.authorize').click();
    await dialog.getByText('Authorized', { exact: true }).waitFor();
    await dialog.locator('.close-modal').click();

    const operation = page.locator('#operations-Customers_and_partner-getOrganizationProfile');
    await operation.locator('.opblock-summary').click();
    await operation.locator('.try-out__btn').click();
    await operation.locator('.execute').click();
    await operation.locator('.live-responses-table .response-col_description').last().waitFor();
    assert.match(
      await operation.locator('.live-responses-table').innerText(),
      /"objectType": "OrganizationProfile"/,
    );

    assert.deepEqual(
      requested.filter((url) => !url.startsWith(muster.url) && !url.startsWith('data:')),
      [],
    );
    assert.deepEqual(complaints, []);
  },
);
