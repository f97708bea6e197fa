import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CliError } from '../../src/cli-error.ts';
import { createFileJournal, journalPath } from '../../src/upload/file-journal.ts';
import { lockUpload } from '../../src/upload/lock-upload.ts';
import { createScratch } from '../support/scratch.ts';

const identity = { baseUrl: 'http://a', customerId: 'C', batchId: 'May', policyId: undefined, digest: 'd' };

function pathOf(change: object): string {
  return journalPath('/s', { ...identity, ...change });
}

test('a journal keeps what is appended, in a file and folder only the user can read', async (t) => {
  const path = journalPath(await createScratch(t), identity);
  const journal = createFileJournal(path);
  assert.equal(await journal.read(), undefined);
  await journal.append('one\n');
  await journal.append('two\n');
  assert.equal(await createFileJournal(path).read(), 'one\ntwo\n');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.equal((await stat(join(path, '..'))).mode & 0o777, 0o700);
  await journal.remove();
  assert.equal(await journal.read(), undefined);
});

test('the same upload has the same journal, another one another', () => {
  assert.equal(pathOf({ batchId: 'MAY', customerId: 'c', baseUrl: 'http://a/' }), pathOf({}));
  for (const change of [
    { batchId: 'June' },
    { customerId: 'd' },
    { digest: 'e' },
    { policyId: 'p' },
    { baseUrl: 'http://b' },
  ]) {
    assert.notEqual(pathOf(change), pathOf({}));
  }
});

test('a place that cannot be written is told, with the way out', async (t) => {
  const directory = await createScratch(t, { file: '' });
  const journal = createFileJournal(join(directory, 'file', 'x.journal'));
  await assert.rejects(journal.append('x'), (fault: CliError) => fault.key === 'journalUnwritable');
});

test('a second program with the same journal is refused while the first runs, and not after', async (t) => {
  const path = join(await createScratch(t), 'x.journal');
  {
    await using _first = await lockUpload(path);
    await assert.rejects(lockUpload(path), (fault: CliError) => fault.key === 'uploadRunning');
  }
  await using _second = await lockUpload(path);
});
