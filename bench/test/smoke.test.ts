import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { measures } from '../src/measures/measure-table.ts';
import type { Row } from '../src/row.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const directory = await mkdtemp(join(tmpdir(), 'muster-bench-test-'));
const temporary = join(directory, 'temporary');
await mkdir(temporary);
after(() => rm(directory, { recursive: true, force: true }));

/** One of an upload, one of lists: all of them together take minutes (`npm run bench -- --smoke`). */
const measured: readonly (keyof typeof measures)[] = ['P4', 'P9'];

test('the short form measures what was named, writes a row per case, leaves nothing behind, and exits with 0', async () => {
  const json = join(directory, 'rows.json');
  const { status, output, errors } = await run('--smoke', ...measured, '--json', json);
  assert.equal(status, 0, errors);
  assert.deepEqual(await readdir(temporary), []);
  const rows = JSON.parse(await readFile(json, 'utf8')) as Row[];
  for (const row of rows) {
    assert.deepEqual(Object.keys(row), [
      'measure',
      'case',
      'ours',
      'limit',
      'unit',
      'ratio',
      'reach',
      'holds',
    ]);
    for (const value of [row.ours, row.limit, row.ratio, row.reach])
      assert.ok(value > 0 && Number.isFinite(value));
    assert.equal(typeof row.holds, 'boolean');
    assert.ok(output.includes(row.case), `the table has a line for ${row.case}`);
  }
  assert.deepEqual([...new Set(rows.map((row) => row.measure))], measured, errors);
  assert.equal(new Set(rows.map((row) => `${row.measure} ${row.case}`)).size, rows.length);
});

test('a measure that does not exist is named, with those that do', async () => {
  const { status, errors } = await run('P10');
  assert.equal(status, 2);
  assert.match(errors, /P10.*P1, P2/);
});

test('help lists every measure and option', async () => {
  const { status, output } = await run('--help');
  assert.equal(status, 0);
  for (const word of [...Object.keys(measures), '--smoke', '--rounds', '--json'])
    assert.ok(output.includes(word), word);
});

async function run(...args: string[]): Promise<{ status: number | null; output: string; errors: string }> {
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (errors += part));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, output, errors };
}
