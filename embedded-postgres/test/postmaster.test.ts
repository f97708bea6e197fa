import assert from 'node:assert/strict';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import fc from 'fast-check';

import { readPostmasterFile, removeStalePostmasterFile } from '../src/postmaster.ts';
import { makeTemporaryDirectory } from './temporary-data-directory.ts';

const whole = '4242\n/data/postgres\n1790000000\n5432\n/data/postgres\n\n  5432001         7\nready   \n';

test('every line of a postmaster.pid is understood, however much of it is written', async (t) => {
  const path = join(await makeTemporaryDirectory(t), 'postmaster.pid');
  await writeFile(path, whole);
  const { ageMs, text, ...file } = (await readPostmasterFile(path)) ?? assert.fail('no file');
  assert.deepEqual(file, {
    pid: 4242,
    startedAtSeconds: 1_790_000_000,
    port: 5432,
    socketDirectory: '/data/postgres',
    listenAddress: '',
    status: 'ready',
  });
  assert.equal(text, whole);
  assert.ok(ageMs < 60_000);
  assert.equal(await readPostmasterFile(`${path}.absent`), undefined);
});

test('whatever a postmaster.pid holds, it is read as a positive pid or none', async (t) => {
  const path = join(await makeTemporaryDirectory(t), 'postmaster.pid');
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc.nat(whole.length).map((end) => whole.slice(0, end)),
      ),
      async (text) => {
        await writeFile(path, text);
        const pid = (await readPostmasterFile(path))?.pid;
        assert.ok(pid === undefined || (Number.isSafeInteger(pid) && pid > 0));
      },
    ),
  );
});

test('a stale file is removed, but not one that a new server has written meanwhile', async (t) => {
  const directory = await makeTemporaryDirectory(t);
  const path = join(directory, 'postmaster.pid');
  await writeFile(path, whole);
  const judged = (await readPostmasterFile(path)) ?? assert.fail('no file');
  const live = whole.replace('4242', '4343');
  await writeFile(path, live);
  await removeStalePostmasterFile(path, judged);
  assert.equal(await readFile(path, 'utf8'), live);

  await writeFile(path, whole);
  await removeStalePostmasterFile(path, judged);
  await removeStalePostmasterFile(path, judged);
  assert.deepEqual(await readdir(directory), []);
});
