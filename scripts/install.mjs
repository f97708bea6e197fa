// Runs before `npm start` and `npm test`, on whatever Node the machine has (20 is enough), so it is plain
// JavaScript. Installs when node_modules is missing or older than the lock file; otherwise it does nothing.
import { spawnSync } from 'node:child_process';
import { statSync, utimesSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Milliseconds since the epoch, or 0 when the file is not there. */
function modifiedAt(path) {
  return statSync(new URL(`../${path}`, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

const installed = modifiedAt('node_modules/.package-lock.json');
const wanted = Math.max(modifiedAt('package-lock.json'), modifiedAt('package.json'));
const nodeIsThere = modifiedAt('node_modules/.bin/node') > 0;

if (installed === 0 || installed < wanted || !nodeIsThere) {
  process.stderr.write('Installing what is missing (npm ci) ...\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // NODE_ENV=production or a setting of npm's would leave out the Node and the PostgreSQL that all of this runs on.
  const whole = ['--include=dev', '--include=optional'];
  const result = spawnSync(npm, ['ci', ...whole, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    process.stderr.write(
      'npm ci failed. Check the network and the npm registry, then run the command again.\n',
    );
    process.exit(result.status ?? 1);
  }
  // A fresh clone's lock file can carry a later time than the installation that came from it.
  const now = new Date();
  utimesSync(new URL('../node_modules/.package-lock.json', import.meta.url), now, now);
}
