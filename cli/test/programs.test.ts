import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

for (const program of ['cli/bin/muster.js', 'server/bin/muster-server.js', 'muster/bin/muster.js']) {
  test(`${program} on a Node.js that is too old is one line that names the version it requires`, () => {
    const file = fileURLToPath(new URL(`../../${program}`, import.meta.url));
    const disguise = 'Object.defineProperty(process.versions, "node", { value: "20.20.2" })';
    const old = ['--import', `data:text/javascript,${encodeURIComponent(disguise)}`];
    const { status, stdout, stderr } = spawnSync(process.execPath, [...old, file], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^.*requires Node\.js 22\.18 or later\. This is Node\.js 20\.20\.2\.\n$/);
  });
}

for (const program of ['cli/bin/muster.js', 'server/bin/muster-server.js', 'scripts/start.ts']) {
  test(`${program} --help prints its usage and exits with 0, and starts nothing`, () => {
    const file = fileURLToPath(new URL(`../../${program}`, import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, '--help'], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^Usage: .* \[OPTIONS\]$/m);
    assert.equal(stderr, '');
  });
}
