import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { startCountingProxy } from '../support/counting-proxy.ts';
import { readLines, useService } from '../support/service.ts';

const main = join(import.meta.dirname, '../../src/main.ts');
/** Nine parts: at most five are under way when the second one is accepted, so the second run has some left. */
const count = 8_500;

test('killed twice in the middle, run again: every row has one outcome and every device is registered once', async (t) => {
  const rows = Array.from({ length: count }, (_, index) => `S-${index + 1},PKID-kill-${index + 1}`);
  const { muster, directory, run, customerId } = await useService(t, {
    'devices.csv': `Serial Number,Product Key\n${rows.join('\n')}\n`,
  });
  const proxy = await startCountingProxy(t, muster.url);
  const words = [
    'devices',
    'upload',
    'devices.csv',
    '--batch',
    'May',
    '--url',
    proxy.url,
    '--authority',
    muster.url,
  ];

  for (let kill = 0; kill < 2; kill += 1) {
    let accepted = 0;
    const env = {
      PATH: process.env['PATH'],
      MUSTER_CREDENTIALS: join(directory, 'credentials.json'),
      MUSTER_STATE_DIR: join(directory, 'state'),
    };
    const child = spawn(process.execPath, [main, ...words], { cwd: directory, env, stdio: 'ignore' });
    proxy.onAccepted = () => {
      accepted += 1;
      if (accepted === 2) child.kill('SIGKILL');
    };
    const signal = await new Promise((resolve) => void child.on('exit', (_code, by) => resolve(by)));
    assert.equal(signal, 'SIGKILL');
  }

  const { exitCode, stdout, stderr } = await run([...words, '--json', '--quiet']);
  assert.equal(exitCode, 0, stderr);
  const outcomes = readLines(stdout).slice(0, -1);
  assert.deepEqual(
    outcomes.map(({ row, line, serialNumber }) => [row, line, serialNumber]),
    rows.map((_, index) => [index + 1, index + 2, `S-${index + 1}`]),
  );
  assert.equal(new Set(outcomes.map(({ deviceId }) => deviceId)).size, count);
  const batches = await run(['batches', 'list', '--json']);
  assert.equal(readLines(batches.stdout)[0]?.devicesCount, count, customerId);
});

test('a real Ctrl-C ends the program in order: exit code 130 and the command that resumes', async (t) => {
  const rows = Array.from({ length: count }, (_, index) => `S-${index + 1},PKID-int-${index + 1}`);
  const { muster, directory } = await useService(t, {
    'devices.csv': `Serial Number,Product Key\n${rows.join('\n')}\n`,
  });
  const proxy = await startCountingProxy(t, muster.url);
  const words = [
    'devices',
    'upload',
    'devices.csv',
    '--batch',
    'May',
    '--url',
    proxy.url,
    '--authority',
    muster.url,
  ];
  const env = {
    PATH: process.env['PATH'],
    LC_ALL: 'C',
    MUSTER_CREDENTIALS: join(directory, 'credentials.json'),
    MUSTER_STATE_DIR: join(directory, 'state'),
  };
  const child = spawn(process.execPath, [main, ...words], {
    cwd: directory,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  proxy.onAccepted = () => {
    // Once: a second Ctrl-C would end the program on the spot.
    proxy.onAccepted = () => {};
    child.kill('SIGINT');
  };
  const [stderr, exitCode] = await Promise.all([
    child.stderr.setEncoding('utf8').toArray(),
    new Promise((resolve) => void child.on('exit', (code) => resolve(code))),
  ]);
  assert.equal(exitCode, 130);
  assert.match(
    stderr.join(''),
    /Interrupted\. \d+ of 8500 devices are accepted\. Nothing is lost; resume with:\n {2}node \S+main\.ts devices upload devices\.csv /,
  );
});
