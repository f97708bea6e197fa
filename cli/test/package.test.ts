import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { installPackage } from '../../scripts/test/support/installed-package.ts';
import { buildPackage } from '../scripts/build-package.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { built, files, consumer } = await installPackage(buildPackage);

/** Runs the installed command, as a shell would find it. */
function muster(...words: string[]) {
  const bin = join(consumer, 'node_modules/.bin/muster');
  return spawnSync(bin, words, {
    cwd: consumer,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: consumer, LC_ALL: 'C' },
  });
}

test('the tarball holds the program and the documents, and nothing else', () => {
  const documents = files.filter((file) => !file.startsWith('lib/'));
  assert.deepEqual(documents.sort(), ['LICENSE', 'README.md', 'THIRD-PARTY-NOTICES', 'package.json']);
  assert.ok(files.includes('lib/muster.js'));
  for (const file of files) assert.ok(!file.startsWith('lib/') || file.endsWith('.js'), file);
});

test('it depends on nothing, and says under which terms it carries the CSV parser', () => {
  const described = JSON.parse(readFileSync(join(built, 'package.json'), 'utf8')) as Record<string, unknown>;
  assert.equal(described.dependencies, undefined);
  assert.match(readFileSync(join(built, 'THIRD-PARTY-NOTICES'), 'utf8'), /csv-parse[\s\S]*MIT/);
});

test('installed alone, it says its version and its help', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  assert.equal(muster('--version').stdout, `muster ${version}\n`);
  assert.match(muster('devices', 'upload', '--help').stdout, /Usage: muster devices upload FILE\.\.\./);
  assert.equal(muster('devices', 'uplod').status, 2);
});

test('installed alone, it reads CSV with and without quotes, and JSON', () => {
  writeFileSync(join(consumer, 'a.csv'), 'Serial Number,Product Key\n"S ""1""",K-1\nS-2,K-2\n');
  writeFileSync(join(consumer, 'b.json'), '[{"productKey":"K-3"}]');
  const { status, stderr } = muster('devices', 'upload', 'a.csv', 'b.json', '--check');
  assert.equal(status, 0, stderr);
  assert.match(stderr, /3 devices read: 0 would fail/);
});
