import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { launchChromium, noChromium, patienceMs } from '../../server/test/support/chromium.ts';
import { newCustomerId, startTestMuster } from '../../server/test/support/muster.ts';
import { buildPackage } from '../scripts/build-package.ts';
import { mainFlowResult, mainFlow } from './support/main-flow.ts';

/** A web site of its own origin: the published module, and a page that loads it. */
async function serveSite(module: string): Promise<string> {
  const server = createServer((request, response) => {
    const isModule = request.url === '/muster-sdk.js';
    response.setHeader('Content-Type', isModule ? 'text/javascript' : 'text/html');
    response.end(isModule ? module : '<!doctype html><title>A tool</title>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Runs the main flow in a page of `origin`. */
async function runInPage(origin: string, muster: { url: string; credentials: object }): Promise<unknown> {
  const browser = await launchChromium();
  const page = await browser.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(origin);
  const surroundings = { ...muster.credentials, url: muster.url, customerId: newCustomerId() };
  // The flow travels as text: it must need nothing that stands around it here.
  const program = `import('/muster-sdk.js').then((sdk) => (${mainFlow.toString()})(sdk, ${JSON.stringify(surroundings)}))`;
  return page.evaluate(program);
}

test(
  'in a browser, a page of a listed origin uploads, waits, lists and reads refusals',
  { skip: noChromium },
  async () => {
    const built = await mkdtemp(join(tmpdir(), 'muster-sdk-browser-'));
    after(() => rm(built, { recursive: true, force: true }));
    await buildPackage(built);
    const module = await readFile(join(built, 'index.js'), 'utf8');
    const [listed, other] = [await serveSite(module), await serveSite(module)];
    const muster = await startTestMuster({ settings: { MUSTER_CORS_ORIGINS: listed } });
    assert.deepEqual(await runInPage(listed, muster), mainFlowResult);
    await assert.rejects(runInPage(other, muster), /No answer from/);
  },
);
