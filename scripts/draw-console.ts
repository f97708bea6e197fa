// Draws the pictures of the web console in docs/images: a first start, seen in a browser. Needs Chromium.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const dataDirectory = await mkdtemp(join(tmpdir(), 'muster-picture-'));
const service = spawn(process.execPath, ['scripts/start.ts', '--port', '0', '--data-dir', dataDirectory], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'ignore'],
});
try {
  await draw(await readLink());
} finally {
  service.kill('SIGINT');
  await once(service, 'exit');
  await rm(dataDirectory, { recursive: true, force: true });
}

/** The link that the first start prints: it opens the console signed in. */
async function readLink(): Promise<string> {
  for await (const line of createInterface({ input: service.stdout })) {
    const link = /http\S+#link=\S+/.exec(line)?.[0];
    if (link !== undefined) return link;
  }
  throw new Error('The service printed no link.');
}

async function draw(link: string): Promise<void> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1200, height: 520 }, locale: 'en-US' });
  await page.goto(link);
  await page.getByRole('link', { name: 'Muster samples' }).waitFor();
  await page.screenshot({ path: join(root, 'docs/images/console-home.png') });
  await page.getByRole('link', { name: 'Muster samples' }).click();
  await page.getByText('Finished, 3 failed').waitFor();
  await page.setViewportSize({ width: 1200, height: 900 });
  await page.screenshot({ path: join(root, 'docs/images/console-job.png') });
  await browser.close();
}
