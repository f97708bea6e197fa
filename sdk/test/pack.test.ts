import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));

function isSource(path: string): boolean {
  return !/\/(dist|node_modules|test)$/.test(path);
}

test('npm pack in sdk/ makes a tarball that an empty folder can install and load, and changes nothing', (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'muster-pack-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  // A copy: other tests read this package.json meanwhile.
  const sdk = join(directory, 'sdk');
  cpSync(join(repository, 'sdk'), sdk, { recursive: true, filter: isSource });
  for (const file of ['LICENSE', 'tsconfig.json']) cpSync(join(repository, file), join(directory, file));
  symlinkSync(join(repository, 'node_modules'), join(directory, 'node_modules'));
  const before = readFileSync(join(sdk, 'package.json'), 'utf8');
  const npm = (cwd: string, ...words: string[]) =>
    execFileSync('npm', words, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        PATH: `${join(repository, 'node_modules/.bin')}${delimiter}${process.env['PATH']}`,
      },
    });
  npm(sdk, 'pack', '--pack-destination', directory);
  assert.equal(readFileSync(join(sdk, 'package.json'), 'utf8'), before);
  const empty = mkdtempSync(join(tmpdir(), 'muster-empty-'));
  t.after(() => rmSync(empty, { recursive: true, force: true }));
  mkdirSync(join(empty, 'program'));
  writeFileSync(join(empty, 'package.json'), '{ "private": true, "type": "module" }');
  npm(empty, 'install', join(directory, 'muster-sdk-0.1.0.tgz'), '--offline', '--no-audit', '--no-fund');
  writeFileSync(
    join(empty, 'program/main.js'),
    "import { connectPartner } from '@muster/sdk'; console.log(typeof connectPartner);",
  );
  const loaded = execFileSync(process.execPath, ['program/main.js'], { cwd: empty, encoding: 'utf8' });
  assert.equal(loaded, 'function\n');
  const described = readFileSync(join(empty, 'node_modules/@muster/sdk/dist/index.d.ts'), 'utf8');
  assert.match(described, /connectPartner/);
});
