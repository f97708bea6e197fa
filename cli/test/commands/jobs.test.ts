import assert from 'node:assert/strict';
import { test } from 'node:test';
import { autopilotHeader, sampleLine } from '../support/device-lines.ts';
import { readLines, useService } from '../support/service.ts';

test('a lost tracking id is found, and its devices shown by outcome, with the exit code of the job', async (t) => {
  const { run, customerId } = await useService(t);
  const stdin = `${autopilotHeader}\n${sampleLine('j', 1)}\nS-2,,broken\n`;
  const uploaded = await run(['devices', 'upload', '-', '-b', 'May', '--no-wait'], { stdin });
  const trackingId = uploaded.stdout.trim();
  const watched = await run(['jobs', 'watch', trackingId, '--progress', 'none']);
  assert.equal(watched.exitCode, 3, watched.stderr);
  assert.match(watched.stdout, /^1\t\t00j0000001\t[^\t]*\tfinished\t/m);
  const listed = await run(['jobs', 'list', '--customer', customerId]);
  assert.equal(listed.exitCode, 0, listed.stderr);
  assert.match(listed.stdout, new RegExp(`^${trackingId}\\tfinished\\t[^\\t]+\\tMay\\t2\\t1\\t`));
  const table = await run(['jobs', 'list', '--limit', '1', '--has-failures'], { isTTY: true, columns: 200 });
  assert.match(table.stdout, new RegExp(`TRACKING ID +STATE[^]*\n${trackingId}`));
  const shown = await run(['jobs', 'show', trackingId, '--outcome', 'failed', '--json']);
  assert.equal(shown.exitCode, 3);
  const [job, ...devices] = readLines(shown.stdout);
  assert.equal(job?.trackingId, trackingId);
  assert.deepEqual(
    devices.map(({ position, outcome }) => [position, outcome]),
    [[2, 'InvalidZtdHardwareHash']],
  );
  const failed = await run(['jobs', 'show', trackingId, '--outcome', '802'], { isTTY: true, columns: 140 });
  assert.match(failed.stderr, new RegExp(`Job ${trackingId}: finished\nCustomer .*, batch May, created `));
  assert.match(failed.stdout, /^2 +S-2 +.*802/m);
});

test('what cannot be listed is said in one line', async (t) => {
  const { run } = await useService(t);
  const none = await run(['jobs', 'list', '--since', '2999-01-01'], { isTTY: true });
  assert.deepEqual([none.exitCode, none.stderr], [0, 'No items found.\n']);
  const bad = await run(['jobs', 'list', '--since', 'yesterday']);
  assert.equal(bad.exitCode, 1);
  assert.match(bad.stderr, /since must be a date/);
  assert.equal((await run(['jobs', 'show', 'x'])).exitCode, 2);
  assert.equal((await run(['jobs', 'list', '--limit', 'x'])).exitCode, 2);
  const unknown = await run(['jobs', 'show', '00000000-0000-4000-8000-000000000001']);
  assert.equal(unknown.exitCode, 1);
  assert.match(unknown.stderr, /There is no job/);
});
