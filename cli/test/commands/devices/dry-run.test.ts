import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { readLines, useService, type Service } from '../../support/service.ts';

const header = 'Device Serial Number,Manufacturer Name,Device Model';

function line(number: number): string {
  return `DRY-${process.pid}-${number},Contoso,Book 3`;
}

/** More than a call takes, with a device in two calls, one twice in a call, and one that cannot be registered. */
const rows = Array.from({ length: 1_100 }, (_, number) => line(number));
rows[5] = 'Default string,Contoso,Book 3';
rows[7] = line(6);
rows[1_050] = line(3);
const content = [header, ...rows, ''].join('\n');

async function countStored({ muster, customerId }: Service): Promise<unknown> {
  return muster.database.query(sql`
    select (select count(*)::int from device_batches where customer_id = ${customerId}) as batches,
      (select count(*)::int from batch_jobs where customer_id = ${customerId}) as jobs,
      (select count(*)::int from customers where customer_id = ${customerId}) as customers`);
}

/** What was printed, without what only an upload has. */
function linesOf(stdout: string): object[] {
  return readLines(stdout).map(
    ({ deviceId: _d, trackingId: _t, trackingIds: _i, dryRun: _r, ...rest }) => rest,
  );
}

test('a dry run of a file of several calls reports what the upload after it reports, and leaves nothing behind', async (t) => {
  const service = await useService(t, { 'devices.csv': content });
  const words = ['devices', 'upload', 'devices.csv', '-b', 'May', '--json'];
  const trial = await service.run([...words, '--dry-run', '--report', 'trial.csv']);
  assert.equal(trial.exitCode, 3, trial.stderr);
  assert.deepEqual(await countStored(service), [{ batches: 0, jobs: 0, customers: 0 }]);
  assert.ok(!(await readdir(service.directory)).includes('state'), 'no journal');
  const real = await service.run([...words, '--report', 'real.csv']);
  assert.equal(real.exitCode, 3, real.stderr);
  assert.deepEqual(linesOf(trial.stdout), linesOf(real.stdout));
  const [last] = readLines(trial.stdout).slice(-1);
  assert.equal(last?.dryRun, true);
  assert.equal(readLines(trial.stdout).filter((row) => 'deviceId' in row || 'trackingId' in row).length, 0);
  const report = (name: string) => readFile(join(service.directory, name), 'utf8');
  assert.equal(await report('trial.csv'), await report('real.csv'));
  // Everything is registered now, and the batch is there.
  const again = await service.run([...words, '--dry-run']);
  const { summary } = readLines(again.stdout).at(-1) as { summary: { byOutcome: Record<string, number> } };
  assert.deepEqual(summary.byOutcome, {
    ZtdDeviceAlreadyAssigned: 1_097,
    MissingZtdSerialNumberAndProductKey: 1,
    ZtdDeviceDuplicated: 2,
  });
});

test('a dry run says that nothing was uploaded, and takes no option that is only for an upload', async (t) => {
  const { run } = await useService(t, {
    'devices.csv': [header, `DRY-A-${process.pid},Contoso,Book 3`].join('\n'),
  });
  const words = ['devices', 'upload', 'devices.csv', '-b', 'May', '--dry-run'];
  const { exitCode, stderr } = await run(words, { now: () => 0 });
  assert.equal(exitCode, 0, stderr);
  assert.match(stderr, /^Dry run: asking what an upload of 1 device to batch "May" would do\n/);
  assert.match(stderr, /1 device: 1 succeeded, 0 failed/);
  assert.match(stderr, /Dry run: nothing was uploaded/);
  assert.doesNotMatch(stderr, /tracking/i);
  for (const option of [['--no-wait'], ['--journal', 'j'], ['--tracking-ids', 'f']]) {
    const refused = await run([...words, ...option]);
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /cannot be used together: --dry-run, --/);
  }
});
