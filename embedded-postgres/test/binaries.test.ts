import assert from 'node:assert/strict';
import { mkdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { test } from 'node:test';

import { locateBinaries } from '../src/binaries.ts';
import { restoreLibraryLinks } from '../src/binaries.ts';
import { makeTemporaryDirectory } from './temporary-data-directory.ts';

test('the PostgreSQL of this platform is found, with its major version', async () => {
  const binaries = await locateBinaries();
  assert.equal(binaries.majorVersion, 18);
  for (const path of [binaries.initdb, binaries.postgres, binaries.pgCtl]) {
    assert.ok(isAbsolute(path));
    assert.ok((await readFile(path)).length > 0);
  }
});

test('a platform without an embedded PostgreSQL is told to set DATABASE_URL', async () => {
  await assert.rejects(locateBinaries('freebsd', 'x64'), {
    name: 'EmbeddedPostgresError',
    message: /No embedded PostgreSQL is installed for this platform.*freebsd-x64.*set DATABASE_URL/,
  });
});

test('library links that an install script would have made are made, and those there are kept', async (t) => {
  const directory = await makeTemporaryDirectory(t);
  const library = join(directory, 'native', 'lib');
  await mkdir(library, { recursive: true });
  await writeFile(join(library, 'libone.so.1.2'), 'one');
  await symlink('libone.so.1.2', join(library, 'libone.so.1'));
  const source = 'native/lib/libone.so.1.2';
  await writeFile(
    join(directory, 'native', 'pg-symlinks.json'),
    JSON.stringify([
      { source, target: 'native/lib/libone.so' },
      { source, target: 'native/lib/libone.so.1' },
      { source, target: '../outside' },
      'nonsense',
    ]),
  );
  await Promise.all([restoreLibraryLinks(directory), restoreLibraryLinks(directory)]);
  await restoreLibraryLinks(directory);
  assert.equal(await readFile(join(library, 'libone.so'), 'utf8'), 'one');
  assert.equal(await readlink(join(library, 'libone.so.1')), 'libone.so.1.2');
  await assert.rejects(readlink(join(directory, '..', 'outside')), { code: 'ENOENT' });
});

test('links that cannot be made are an error that says what to run', async (t) => {
  const directory = await makeTemporaryDirectory(t);
  await mkdir(join(directory, 'native'));
  // The folder of the libraries is missing, so no link can be put into it.
  await writeFile(
    join(directory, 'native', 'pg-symlinks.json'),
    JSON.stringify([{ source: 'native/lib/libone.so.1', target: 'native/lib/libone.so' }]),
  );
  await assert.rejects(restoreLibraryLinks(directory), /Run "npm rebuild.*or set DATABASE_URL/);
});
