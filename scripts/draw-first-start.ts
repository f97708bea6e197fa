// Draws docs/images/first-start.png: what the first `npm start` prints at a terminal. Needs Chromium and util-linux.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const picture = join(root, 'docs/images/first-start.png');

const colors: Readonly<Record<string, string>> = {
  '1': 'font-weight: bold',
  '2': 'color: #8b8b93',
  '31': 'color: #f48771',
  '32': 'color: #4ec9a0',
  '33': 'color: #d7ba7d',
};

const dataDirectory = await mkdtemp(join(tmpdir(), 'muster-picture-'));
try {
  await draw(toHtml(await firstStart()));
} finally {
  await rm(dataDirectory, { recursive: true, force: true });
}

/** The output of a first start at a terminal, which is stopped with Ctrl-C when it is complete. */
async function firstStart(): Promise<string> {
  const start = `stty cols 132; exec '${process.execPath}' scripts/start.ts --port 0 --data-dir '${dataDirectory}'`;
  const child = spawn('script', ['--quiet', '--return', '--command', start, '/dev/null'], {
    cwd: root,
    env: { PATH: process.env.PATH, TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const wasComplete = output.includes('Stop with Ctrl-C.');
    output += chunk.toString();
    if (!wasComplete && output.includes('Stop with Ctrl-C.')) child.stdin.write('\u0003');
  });
  await once(child, 'close');
  return output.slice(0, output.indexOf('Muster is up.')).replaceAll(`${root}samples/`, 'samples/').trim();
}

/** Of a line that was drawn several times, only the last state is shown. */
function toHtml(output: string): string {
  const lines = output
    .replaceAll('\u001b[', '␛[')
    .split(/\r?\n/)
    .map((line) => line.split(/\r|␛\[2?K/).findLast((state) => state) ?? '');
  const escaped = lines.join('\n').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return escaped.replaceAll(/␛\[(\d*)m/g, (_, code: string) =>
    colors[code] === undefined ? '</span>' : `<span style="${colors[code]}">`,
  );
}

async function draw(html: string): Promise<void> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage({ deviceScaleFactor: 1 });
  await page.setContent(`<pre style="display: inline-block; margin: 0; padding: 22px 26px; background: #1e1e26;
    color: #dcdce0; font: 15px/21px 'DejaVu Sans Mono', monospace">$ npm start\n\n${html}</pre>
    <style>body { margin: 0 }</style>`);
  await page.locator('pre').screenshot({ path: picture });
  await browser.close();
}
