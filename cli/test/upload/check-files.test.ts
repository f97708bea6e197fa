import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runMuster } from '../../src/run-muster.ts';
import { createFakeIo } from '../support/fake-io.ts';
import { autopilotHeader, sampleHash, sampleLine } from '../support/device-lines.ts';

async function check(content: string, ...options: string[]) {
  const io = createFakeIo({ stdin: content });
  const exitCode = await runMuster(['devices', 'upload', '-', '--check', ...options], io);
  return { exitCode, ...io.written };
}

test('a good file is read and nothing is found, without a service to ask', async () => {
  const { exitCode, stdout, stderr } = await check(
    `${autopilotHeader}\n${sampleLine('a', 1)}\n${sampleLine('a', 2)}\n`,
  );
  assert.equal(exitCode, 0);
  assert.equal(stdout, '');
  assert.match(stderr, /2 devices read: 0 would fail, 0 with a warning\. Nothing was uploaded\./);
});

test('the sample without hardware hashes has nothing wrong in it', async () => {
  const file = fileURLToPath(new URL('../../../samples/devices-without-hashes.csv', import.meta.url));
  const { exitCode, stdout, stderr } = await check(await readFile(file, 'utf8'));
  assert.deepEqual([exitCode, stdout], [0, '']);
  assert.match(stderr, /5 devices read: 0 would fail, 0 with a warning/);
});

test('in Chinese the columns have Chinese names', async () => {
  const lines = [
    'Serial Number,Hardware Hash',
    `Default string,${sampleHash('a', 1)}`,
    `${'1'.repeat(300)},`,
  ];
  const { stdout } = await check(`${lines.join('\n')}\n`, '--locale', 'zh-TW');
  assert.match(stdout, /警告: 序號「Default string」是廠商未填寫的預設值/);
  assert.match(stdout, /錯誤: 序號超過 256 個字元/);
});

test('each line that would fail is told with its line and why', async () => {
  const hash = sampleHash('a', 1);
  const damaged = hash.slice(0, 100) + (hash[100] === 'A' ? 'B' : 'A') + hash.slice(101);
  const lines = [
    'Serial Number,Product Key,Hardware Hash',
    '1,,DummyHash123',
    'S-2,,',
    `,,${damaged}`,
    ',,%%%%',
  ];
  const { exitCode, stdout } = await check(`${lines.join('\n')}\n`);
  assert.equal(exitCode, 3);
  assert.match(stdout, /^-:2: error: The hardware hash is too short/m);
  assert.match(stdout, /^-:3: error: Nothing in this row identifies the device/m);
  assert.match(stdout, /^-:4: error: The hardware hash was changed after it was created/m);
  assert.match(stdout, /^-:5: error: The hardware hash contains invalid characters/m);
});

test('the same machine twice is found, also when its hash was made anew and when only names tell', async () => {
  const header = 'Serial Number,Hardware Hash,Manufacturer,Model';
  const serial = '00a0000001';
  const { exitCode, stdout } = await check(
    `${header}\n,${sampleHash('a', 1)},,\n${serial},,Contoso,Laptop 1\nX7,,Contoso,Laptop 1\nX7,,Contoso,Laptop 1\n`,
  );
  assert.equal(exitCode, 3);
  assert.deepEqual(stdout.match(/^.*error.*$/gm), [
    '-:3: error: Same device as line 2. Only the first one counts.',
    '-:5: error: Same device as line 4. Only the first one counts.',
  ]);
});

test('placeholders and values that differ from the hash are warnings; a number that a spreadsheet rounded is an error', async () => {
  const { exitCode, stdout } = await check(
    `Serial Number,Hardware Hash,Manufacturer,Model\nDefault string,${sampleHash('a', 1)},contoso,Laptop 1\n1.23457E+12,,Dell,L5\n`,
  );
  assert.equal(exitCode, 3);
  assert.match(
    stdout,
    /-:2: warning: Serial number "Default string" is a default that the manufacturer did not fill in/,
  );
  assert.match(stdout, /-:2: warning: Manufacturer is "contoso", but the hardware hash says "Contoso"/);
  assert.match(stdout, /-:3: error: Serial number "1\.23457E\+12" was rounded by a spreadsheet program/);
});

test('rows that are equal only because a program lost the difference are never called one device, and cannot be allowed', async () => {
  for (const value of ['3.30512E+12', '#N/A', 'System.Object[]']) {
    const { stdout, stderr } = await check(`Windows Product ID\n${value}\n${value}\n`, '--allow', 'rounded');
    assert.match(stdout, /-:3: error: The same value as in line 2, but both were damaged/);
    assert.doesNotMatch(stdout + stderr, /Same device|--allow rounded/);
  }
});

test('with --json each finding is an object, and the last line is the summary', async () => {
  const { stdout } = await check('Serial Number,Product Key\nS1,\nS2,K2\n', '--json');
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.equal(lines.length, 2);
  const { file, line, severity, problem } = lines[0] ?? {};
  assert.deepEqual(
    { file, line, severity, problem },
    { file: '-', line: 2, severity: 'error', problem: 'checkMissingKey' },
  );
  assert.deepEqual(lines[1], { summary: { devices: 2, errors: 1, warnings: 0 } });
});

test('a hardware hash is never printed', async () => {
  const hash = sampleHash('a', 1);
  const { stdout, stderr } = await check(
    `Serial Number,Hardware Hash\n1,${hash}\n1,${hash.slice(0, 900)}\n2,${hash}\n`,
  );
  assert.ok(stdout.includes('error'));
  assert.ok(!`${stdout}${stderr}`.includes(hash.slice(0, 40)));
});
