import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CliError } from '../../src/cli-error.ts';
import { expandFiles } from '../../src/upload/expand-files.ts';
import { createScratch } from '../support/scratch.ts';

test('patterns become the files they match, sorted, each once, beside the names given', async (t) => {
  const directory = await createScratch(t, { 'b.csv': '', 'a.csv': '', 'c.json': '' });
  assert.deepEqual(await expandFiles(['c.json', '*.csv', 'a.csv', '-'], directory), [
    'c.json',
    'a.csv',
    'b.csv',
    '-',
  ]);
});

test('a file with a bracket in its name is taken as it is', async (t) => {
  const directory = await createScratch(t, { 'list[1].csv': '' });
  assert.deepEqual(await expandFiles(['list[1].csv'], directory), ['list[1].csv']);
});

test('a pattern that matches nothing is an error', async (t) => {
  const directory = await createScratch(t);
  await assert.rejects(expandFiles(['*.csv'], directory), (fault: CliError) => fault.key === 'noMatch');
});
