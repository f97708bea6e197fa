import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Moments of a first start, by what is in the data directory then. */
const moments = {
  'while the database is created': async (directory: string) => (await readdir(directory)).length > 0,
  'while PostgreSQL starts': async (directory: string) =>
    existsSync(join(directory, 'postgres', 'postmaster.pid')),
};

for (const [when, hasCome] of Object.entries(moments)) {
  test(`SIGTERM ${when} stops the service and its PostgreSQL cleanly`, async (t) => {
    const directory = await mkdtemp(join(tmpdir(), 'muster-stop-'));
    t.after(() => rm(directory, { recursive: true, force: true }));
    const child = spawn(process.execPath, [main, '--port', '0', '--data-dir', directory], {
      env: { PATH: process.env['PATH'] },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    while (!(await hasCome(directory))) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    assert.equal(existsSync(join(directory, 'postgres', 'PG_VERSION')), true, 'the database is whole');
    assert.equal(existsSync(join(directory, 'postgres', 'postmaster.pid')), false, 'no server is left');
  });
}
