import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLines, useService } from '../support/service.ts';

let series = 0;

/** A file of devices that nobody has seen. */
function devicesCsv(count: number): string {
  series += 1;
  const line = (_: unknown, number: number) => `RM-${process.pid}-${series}-${number},Contoso,Book 3`;
  return ['Device Serial Number,Manufacturer Name,Device Model', ...Array.from({ length: count }, line)].join(
    '\n',
  );
}

test('jobs undo shows what it would remove, asks on a terminal, and removes it with --yes', async (t) => {
  const { run } = await useService(t, { 'devices.csv': devicesCsv(3) });
  const upload = await run(['devices', 'upload', 'devices.csv', '-b', 'May', '--json']);
  const { trackingIds } = readLines(upload.stdout).at(-1) as { trackingIds: string[] };
  const undo = ['jobs', 'undo', trackingIds[0] ?? ''];
  const trial = await run([...undo, '--dry-run', '--json']);
  assert.equal(trial.exitCode, 0, trial.stderr);
  assert.deepEqual(
    readLines(trial.stdout).map(({ outcome }) => outcome),
    ['succeeded', 'succeeded', 'succeeded'],
  );
  assert.match(trial.stderr, /^3 devices to remove, 0 that stay\n/);
  assert.equal((await run(undo)).exitCode, 2, 'nobody to ask');
  const refused = await run(undo, { isTTY: true, answers: ['n'] });
  assert.deepEqual(refused.questions.length, 1);
  assert.match(refused.questions[0] ?? '', /Remove 3 devices\?/);
  assert.equal(refused.exitCode, 1);
  const undone = await run([...undo, '--yes', '--json']);
  assert.equal(undone.exitCode, 0, undone.stderr);
  const [job, ...devices] = readLines(undone.stdout);
  assert.deepEqual([job?.kind, job?.state, devices.length], ['remove_devices', 'finished', 3]);
  const again = await run([...undo, '--yes']);
  assert.equal(again.exitCode, 3);
  assert.match(again.stdout, /ZtdDeviceIsNotRegistered/);
  assert.match((await run(['jobs', 'list'])).stdout, /removal May/);
});

test('batches remove empties a batch, and says when there is none or nothing in it', async (t) => {
  const { run } = await useService(t, { 'devices.csv': devicesCsv(4) });
  await run(['devices', 'upload', 'devices.csv', '-b', 'May']);
  const words = ['batches', 'remove', 'MAY', '--yes'];
  const removed = await run(words);
  assert.equal(removed.exitCode, 0, removed.stderr);
  assert.match(removed.stderr, /4 devices to remove, 0 that stay/);
  const empty = await run(words);
  assert.equal(empty.exitCode, 1);
  assert.match(empty.stderr, /no devices to remove/);
  assert.match((await run(['batches', 'remove', 'June', '--yes'])).stderr, /no device batch "June"/);
  assert.equal((await run(['jobs', 'undo', 'nonsense'])).exitCode, 2);
});

test('devices remove --all removes the devices of a batch in a job and names each', async (t) => {
  const { run } = await useService(t, { 'devices.csv': devicesCsv(3) });
  await run(['devices', 'upload', 'devices.csv', '-b', 'May']);
  const removed = await run(['devices', 'remove', '--all', '-b', 'May', '--yes', '--json']);
  assert.equal(removed.exitCode, 0, removed.stderr);
  assert.deepEqual(
    readLines(removed.stdout).map(({ status }) => status),
    ['removed', 'removed', 'removed'],
  );
  const jobs = readLines((await run(['jobs', 'list', '--json'])).stdout);
  assert.ok(jobs.some(({ kind }) => kind === 'remove_devices'));
});
