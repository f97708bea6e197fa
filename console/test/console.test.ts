import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { launchChromium, noChromium, patienceMs } from '../../server/test/support/chromium.ts';
import { startTestMuster } from '../../server/test/support/muster.ts';

const samples = fileURLToPath(new URL('../../samples/devices.csv', import.meta.url));
const asBrowser = { accept: 'text/html,application/xhtml+xml' };

const muster = await startTestMuster();

/** What the axe checker found that keeps somebody from using the page. */
async function seriousFindings(page: Page): Promise<unknown[]> {
  // As the browser's own tool: the page's policy lets no foreign script in.
  await page.evaluate(await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8'));
  const found = await page.evaluate<{
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  }>('axe.run()');
  return found.violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]);
}

test('the root leads browsers to the console, and gives every other client the fault it always gave', async () => {
  const browser = await fetch(`${muster.url}/`, { headers: asBrowser, redirect: 'manual' });
  assert.equal(browser.status, 302);
  assert.equal(browser.headers.get('location'), '/console/');
  for (const accept of ['application/json', '*/*']) {
    const client = await fetch(`${muster.url}/`, { headers: { accept } });
    assert.equal(client.status, 404);
    assert.equal(((await client.json()) as { code: string }).code, '1000');
  }
});

test('a page of the console runs nothing of its own, and what it loads is kept for ever and comes compressed', async () => {
  const page = await fetch(`${muster.url}/console/customers`, { headers: asBrowser });
  const html = await page.text();
  const policy = page.headers.get('content-security-policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
  assert.match(policy, /default-src 'none'; script-src 'self';/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.ok(html.includes(`nonce="${nonce}"`), html);
  assert.doesNotMatch(html, /<script(?![^>]* src=)|<style|nonce-of-the-response/);
  const script = /src="(\/console\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
  for (const encoding of ['br', 'gzip', 'identity']) {
    const file = await fetch(muster.url + script, { headers: { 'accept-encoding': encoding } });
    assert.equal(file.status, 200);
    assert.equal(file.headers.get('content-encoding') ?? 'identity', encoding);
    assert.equal(file.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    await file.arrayBuffer();
  }
  assert.equal((await fetch(`${muster.url}/console/assets/none.js`)).status, 404);
  const other = await fetch(`${muster.url}/console/`, { headers: asBrowser });
  assert.notEqual(/'nonce-([^']+)'/.exec(other.headers.get('content-security-policy') ?? '')?.[1], nonce);
});

test('with MUSTER_CONSOLE=off nothing of the console is served', async () => {
  const off = await startTestMuster({ settings: { MUSTER_CONSOLE: 'off' } });
  for (const path of ['/', '/console/', '/console/upload']) {
    const answer = await fetch(off.url + path, { headers: asBrowser });
    assert.equal(answer.status, 404, path);
  }
  await off.close();
});

test(
  'in a browser, a one-time link signs in, a file is read, registered and told row by row, and the failed rows come as a file',
  { skip: noChromium },
  async () => {
    const browser = await launchChromium();
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMs);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      // The first look for a session finds none.
      if (message.type() === 'error' && !message.text().includes('400')) faults.push(message.text());
    });
    const link = await muster.newSignInLink();
    await page.goto(link ?? '');
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.doesNotMatch(page.url(), /link=/);
    assert.deepEqual(await seriousFindings(page), []);

    // A reload keeps the session, without a token where scripts could read it.
    await page.goto(`${muster.url}/console/upload`);
    await page.getByRole('combobox', { name: 'Customer' }).waitFor();
    const stored = await page.evaluate<string>(
      'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])',
    );
    assert.doesNotMatch(stored, /eyJ|muster_console/);

    await page.locator('input[type=file]').setInputFiles(samples);
    await page.getByText('10 devices read').waitFor();
    await page.getByText('The hardware hash was changed after it was created').waitFor();
    await page.getByRole('combobox', { name: 'Batch' }).fill('From the console');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await seriousFindings(page), [], colorScheme);
    }
    await page.getByRole('button', { name: 'Register 10 devices' }).click();
    await page.getByText('8 registered, 2 failed').waitFor();
    await page.getByText('InvalidZtdHardwareHash').waitFor();
    await page.getByText('Code 802').waitFor();
    assert.deepEqual(await seriousFindings(page), []);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download failed rows' }).click(),
    ]);
    const report = await readFile(await download.path(), 'utf8');
    assert.match(
      report,
      /^\uFEFFDevice Serial Number,.*,Error code,Error name,Remedy\r\n5CD3417R2M,.*,802,InvalidZtdHardwareHash,/,
    );
    // The duplicate needs no correction.
    assert.equal(report.trimEnd().split('\r\n').length, 2);

    // A device is found by the beginning of its serial number, with its history.
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('searchbox', { name: 'Search' }).fill('8XK4');
    await page.getByRole('link', { name: '8XK4NZ3' }).click();
    await page.getByRole('heading', { name: '8XK4NZ3' }).waitFor();
    await page.getByRole('cell', { name: 'Registered', exact: true }).waitFor();
    assert.deepEqual(await seriousFindings(page), []);

    // The upload is among the recent jobs.
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('link', { name: 'With failed devices' }).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByRole('link', { name: 'From the console' }).click();
    await page.getByText('Finished, 1 failed').waitFor();
    await page.getByRole('searchbox').fill('5CD3417R2M');
    await page.getByRole('region', { name: 'Other devices' }).waitFor({ state: 'detached' });
    assert.match(page.url(), /\?find=5CD3417R2M$/);
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitemradio', { name: '繁體中文' }).click();
    await page.getByText('已完成，1 部失敗').waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh-TW');
    assert.deepEqual(await seriousFindings(page), []);
    assert.deepEqual(faults, []);

    // The link was good once.
    const second = await context.browser()?.newContext();
    const stranger = await second?.newPage();
    stranger?.setDefaultTimeout(patienceMs);
    await stranger?.goto(link ?? '');
    await stranger?.getByText('You could not be signed in.').waitFor();
  },
);
