import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/boot/main.ts', import.meta.url));

/** Moments of a first start, by what is in the data directory then. */
const moments = {
  'while the database is created': async (directory: string) => (await readdir(directory)).length > 0,
  'while PostgreSQL starts': async (directory: string) =>
    existsSync(join(directory, 'postgres', 'postmaster.pid')),
};

for (const [when, hasCome] of Object.entries(moments)) {
  test(`SIGTERM ${when} stops the service and its PostgreSQL cleanly`, async (t) => {
    const { directory, child, ended } = await startService(t);
    while (!(await hasCome(directory))) await delay(10);
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    checkStopped(directory);
  });
}

test('a Ctrl-C that comes twice at once, from the terminal and from npm, stops all cleanly', async (t) => {
  const { directory, child, ended } = await startService(t);
  while (!existsSync(join(directory, 'credentials.json'))) await delay(10);
  child.kill('SIGINT');
  child.kill('SIGINT');
  assert.deepEqual(await ended, [0, null]);
  checkStopped(directory);
});

async function startService(t: TestContext) {
  const directory = await mkdtemp(join(tmpdir(), 'muster-stop-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const child = spawn(process.execPath, [main, '--port', '0', '--data-dir', directory], {
    env: { PATH: process.env['PATH'] },
    stdio: 'ignore',
  });
  return { directory, child, ended: once(child, 'exit') };
}

function checkStopped(directory: string): void {
  assert.equal(existsSync(join(directory, 'postgres', 'PG_VERSION')), true, 'the database is whole');
  assert.equal(existsSync(join(directory, 'postgres', 'postmaster.pid')), false, 'no server is left');
}
