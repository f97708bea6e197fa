import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { autopilotHeader, sampleHash, sampleLine, sampleSerial } from '../../support/device-lines.ts';
import { readLines, useService } from '../../support/service.ts';

/** A good device, a broken hash, another good one, and the first again. */
function mixed(series: string): string {
  const broken = `S-2,,${sampleHash(series, 2).slice(0, 900)}`;
  const lines = [sampleLine(series, 1), broken, sampleLine(series, 3), sampleLine(series, 1)];
  return `${[autopilotHeader, ...lines].join('\r\n')}\r\n`;
}

test('on a terminal every device of a small list stands in a table with what to do, then the summary', async (t) => {
  const { run } = await useService(t, { 'devices.csv': mixed('m') });
  const { exitCode, stdout, stderr } = await run(['devices', 'upload', 'devices.csv', '-b', 'May'], {
    isTTY: true,
    columns: 140,
  });
  assert.equal(exitCode, 3, stderr);
  const lines = stdout.split('\n');
  assert.match(lines[0] ?? '', /^ROW +LINE +SERIAL NUMBER +MAKE \/ MODEL +OUTCOME +CODE/);
  assert.match(stdout, /^1 +2 +00m0000001 +Contoso Laptop 1 +finished/m);
  assert.match(stdout, /^2 +3 +S-2 +InvalidZtdHardwareHash +802/m);
  assert.match(stdout, /Collect the hash again on the device itself/);
  assert.match(stdout, /^4 +5 +00m0000001 +Contoso Laptop 1 +ZtdDeviceDuplicated/m);
  assert.match(stderr, /4 devices: 2 succeeded, 2 failed/);
  assert.match(stderr, /1 +802 InvalidZtdHardwareHash +The hardware hash is damaged/);
  assert.match(stderr, /Batch tracking IDs:\n {2}[0-9a-f-]{36}\n/);
});

test('elsewhere the failed rows are lines parted by tabs on standard output, and all talk is on standard error', async (t) => {
  const { run } = await useService(t, { 'devices.csv': mixed('e') });
  // The clock stands still: a slow machine would print a line of progress now and then.
  const { exitCode, stdout, stderr } = await run(['devices', 'upload', 'devices.csv', '-b', 'May'], {
    now: () => 0,
  });
  assert.equal(exitCode, 3);
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  assert.equal(rows.length, 2);
  for (const row of rows) assert.equal(row.length, 7);
  assert.deepEqual(rows.find(([number]) => number === '2')?.slice(0, 6), [
    '2',
    '3',
    'S-2',
    '',
    'InvalidZtdHardwareHash',
    '802',
  ]);
  assert.match(stderr, /Uploading 4 devices to batch "May"\n4 of 4 devices accepted, 4 processed/);
});

test('with --json each device is an object in the order of the file, and the summary comes last', async (t) => {
  const series = 'j';
  const content = [autopilotHeader, sampleLine(series, 1), `S-2,,nonsense`, sampleLine(series, 3), ''].join(
    '\n',
  );
  const { run } = await useService(t, { 'devices.csv': content });
  const { exitCode, stdout } = await run([
    'devices',
    'upload',
    'devices.csv',
    '-b',
    'May',
    '--json',
    '--locale',
    'zh-TW',
  ]);
  const lines = readLines(stdout);
  assert.equal(exitCode, 3);
  assert.deepEqual(
    lines.slice(0, 3).map(({ row, file, line, status, errorCode }) => [row, file, line, status, errorCode]),
    [
      [1, 'devices.csv', 2, 'finished', undefined],
      [2, 'devices.csv', 3, 'finished_with_errors', '802'],
      [3, 'devices.csv', 4, 'finished', undefined],
    ],
  );
  assert.equal(typeof lines[0]?.deviceId, 'string');
  assert.match(String(lines[1]?.remedy), /重新擷取硬體雜湊/);
  const last = lines[3] as { summary: { devices: number; succeeded: number }; trackingIds: string[] };
  assert.deepEqual([last.summary.devices, last.summary.succeeded, last.trackingIds.length], [3, 2, 1]);
});

test('the report holds the failed rows as they were, only for the user, and uploads again as it is', async (t) => {
  const header = 'Hardware Hash;Device model;Manufacturer name;Serial Number;Group Tag';
  const rows = [
    `${sampleHash('r', 1)};;;${sampleSerial('r', 1)};Sales`,
    'broken;"Model; big";"Dell, Inc.";0002;Sales',
    ';;;0003;',
  ];
  const { run, directory } = await useService(t, { 'devices.csv': `${header}\n${rows.join('\n')}\n` });
  const first = await run(['devices', 'upload', 'devices.csv', '-b', 'May', '--report', 'failed.csv']);
  assert.equal(first.exitCode, 3);
  const report = await readFile(join(directory, 'failed.csv'), 'utf8');
  const lines = report.trimEnd().split('\r\n');
  assert.equal(
    lines[0],
    'Hardware Hash,Device model,Manufacturer name,Serial Number,Group Tag,Error code,Error name,Remedy',
  );
  assert.match(
    lines[1] ?? '',
    /^broken,"Model; big","Dell, Inc\.",0002,Sales,802,InvalidZtdHardwareHash,"?Collect/,
  );
  assert.match(lines[2] ?? '', /^,,,0003,,803,MissingZtdSerialNumberAndProductKey,"?Provide/);
  assert.equal((await stat(join(directory, 'failed.csv'))).mode & 0o777, 0o600);

  const again = await run(['devices', 'upload', 'failed.csv', '-b', 'May', '--report', 'again.csv']);
  assert.equal(again.exitCode, 3);
  assert.equal(await readFile(join(directory, 'again.csv'), 'utf8'), report);
});

test('an NDJSON report holds devices that upload again', async (t) => {
  const { run, directory } = await useService(t, {
    'devices.json': '[{"serialNumber":"1","hardwareHash":"x"}]',
  });
  await run(['devices', 'upload', 'devices.json', '-b', 'May', '--report', 'failed.ndjson']);
  const [device] = readLines(await readFile(join(directory, 'failed.ndjson'), 'utf8'));
  assert.deepEqual(
    [device?.serialNumber, device?.hardwareHash, device?.errorCode, device?.errorName],
    ['1', 'x', '802', 'InvalidZtdHardwareHash'],
  );
  assert.equal((await run(['devices', 'upload', 'failed.ndjson', '-b', 'May'])).exitCode, 3);
});

test('a report of files that name a column differently has it once, and uploads again as it is', async (t) => {
  const { run, directory } = await useService(t, {
    'a.csv': 'Device Serial Number,Manufacturer name,Hardware Hash\n1,Contoso,broken\n',
    'b.csv': 'Manufacturer,Model,Serial Number,Hardware Hash\nFabrikam,Slate,2,broken too\n',
  });
  const first = await run(['devices', 'upload', 'a.csv', 'b.csv', '-b', 'May', '--report', 'failed.csv']);
  assert.equal(first.exitCode, 3, first.stderr);
  const report = await readFile(join(directory, 'failed.csv'), 'utf8');
  assert.match(
    report,
    /^Device Serial Number,Manufacturer name,Hardware Hash,Model,Error code,Error name,Remedy\r\n1,Contoso,broken,,802,.*\r\n2,Fabrikam,broken too,Slate,802,/,
  );
  const again = await run(['devices', 'upload', 'failed.csv', '-b', 'May', '--report', 'again.csv']);
  assert.equal(again.exitCode, 3, again.stderr);
  assert.equal(await readFile(join(directory, 'again.csv'), 'utf8'), report);
});

test('a report that has no place, or that of an input, is refused before anything is uploaded', async (t) => {
  const { run, muster } = await useService(t, { 'devices.csv': mixed('p') });
  const before = muster.logLines.length;
  const upload = (report: string) => run(['devices', 'upload', '*.csv', '-b', 'May', '--report', report]);
  for (const report of ['.', 'missing/failed.csv']) {
    const { exitCode, stderr } = await upload(report);
    assert.equal(exitCode, 1);
    assert.match(stderr, /^muster: (\.|missing\/failed\.csv) cannot be written: (EISDIR|ENOENT)\.\n$/);
  }
  const input = await upload('./devices.csv');
  assert.equal(input.exitCode, 1);
  assert.match(input.stderr, /is one of the input files/);
  assert.equal(muster.logLines.length, before);
});

test('a report that could not be written is written by the same command, which sends nothing again', async (t) => {
  const { run, io, directory } = await useService(t, { 'devices.csv': mixed('q') });
  const { runMuster } = await import('../../../src/run-muster.ts');
  const place = join(directory, 'reports');
  await mkdir(place);
  const user = io();
  // The folder goes while the devices are registered.
  const unlucky: typeof user = {
    ...user,
    fetch: async (input, init) => {
      if (init?.method === 'GET') await rm(place, { recursive: true, force: true });
      return fetch(input, init);
    },
  };
  const words = ['devices', 'upload', 'devices.csv', '-b', 'May', '--report', 'reports/failed.csv'];
  assert.equal(await runMuster(words, unlucky), 1);
  assert.match(
    user.written.stderr,
    /without uploading again, run:\n {2}muster devices upload devices\.csv -b May --report reports\/failed\.csv\nmuster: .*cannot be written/,
  );
  await mkdir(place);
  const again = await run([...words, '--debug']);
  assert.equal(again.exitCode, 3);
  assert.doesNotMatch(again.stderr, /POST .*devices/);
  assert.match(await readFile(join(place, 'failed.csv'), 'utf8'), /InvalidZtdHardwareHash/);
  assert.deepEqual(await readdir(join(directory, 'state', 'uploads')), []);
});

test('several files and standard input are one upload, and a place names its file', async (t) => {
  const { run } = await useService(t, {
    'a.csv': `${autopilotHeader}\n${sampleLine('f', 1)}\n`,
    'b.csv': `${autopilotHeader}\nS-9,,broken\n`,
  });
  const { stdout, stderr, exitCode } = await run(['devices', 'upload', '*.csv', '-', '-b', 'May'], {
    stdin: JSON.stringify([{ serialNumber: 'S-10', hardwareHash: 'broken' }]),
  });
  assert.equal(exitCode, 3, stderr);
  assert.match(stderr, /3 devices: 1 succeeded, 2 failed/);
  assert.match(stdout, /^2\tb\.csv:2\tS-9\t/m);
  assert.match(stdout, /^3\t-:1\tS-10\t/m);
});

test('an upload that finished leaves no journal behind, and no copy of the input', async (t) => {
  const { run, directory } = await useService(t);
  await run(['devices', 'upload', '-', '-b', 'May'], {
    stdin: `${autopilotHeader}\n${sampleLine('k', 1)}\n`,
  });
  assert.deepEqual(await readdir(join(directory, 'state', 'uploads')), []);
});

test('a file with a row that cannot be sent is refused whole, with the lines, and nothing is uploaded', async (t) => {
  const { io } = await useService(t, {
    'devices.csv': `${autopilotHeader}\n${sampleLine('n', 1)}\nS-1,,x,Dell, Inc.\n`,
  });
  const { runMuster } = await import('../../../src/run-muster.ts');
  const user = io();
  let calls = 0;
  const counting: typeof fetch = (...request) => {
    calls += 1;
    return fetch(...request);
  };
  const words = ['devices', 'upload', 'devices.csv', '-b', 'May'];
  assert.equal(await runMuster(words, { ...user, fetch: counting }), 1);
  assert.equal(user.written.stdout, '');
  assert.match(
    user.written.stderr,
    /Nothing was uploaded\. Correct 1 line, then upload the file again:\n {2}devices\.csv:3: The row has 5 cells, but the header has 3\./,
  );
  assert.equal(calls, 0);
});

test('Ctrl-C says how much is accepted and the command that resumes; that command finishes it, each device once', async (t) => {
  const count = 40;
  const lines = Array.from({ length: count }, (_, index) => sampleLine('c', index + 1));
  const { run, io } = await useService(t, { 'my devices.csv': `${autopilotHeader}\n${lines.join('\n')}\n` });
  const { runMuster } = await import('../../../src/run-muster.ts');
  const interruption = new AbortController();
  const user = io({ interruption: interruption.signal });
  const words = ['devices', 'upload', 'my devices.csv', '--batch', 'May'];
  // Interrupted the moment the service has taken the devices, before the answer is read.
  const cut: typeof user = {
    ...user,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      if (init?.method === 'POST' && String(input).includes('deviceBatches')) interruption.abort();
      return response;
    },
  };
  assert.equal(await runMuster(words, cut), 130);
  assert.match(
    user.written.stderr,
    /Interrupted\. \d+ of 40 devices are accepted\. Nothing is lost; resume with:\n {2}muster devices upload 'my devices\.csv' --batch May\n/,
  );
  const resumed = await run(words);
  assert.equal(resumed.exitCode, 0, resumed.stderr);
  assert.match(resumed.stderr, /40 devices: 40 succeeded, 0 failed/);
});

test('the journal and everything printed are free of hashes and secrets', async (t) => {
  const content = `${autopilotHeader}\n${sampleLine('h', 1)}\n`;
  const { run, directory, muster } = await useService(t, { 'devices.csv': content });
  const words = [
    'devices',
    'upload',
    'devices.csv',
    '-b',
    'May',
    '--no-wait',
    '--debug',
    '--journal',
    'kept.journal',
  ];
  const { exitCode, stdout, stderr } = await run(words);
  assert.equal(exitCode, 0, stderr);
  const journal = await readFile(join(directory, 'kept.journal'), 'utf8').catch(() => '');
  for (const secret of [sampleHash('h', 1).slice(0, 60), muster.credentials.clientSecret]) {
    assert.ok(!`${journal}${stdout}${stderr}`.includes(secret));
  }
  assert.match(stderr, /POST http:.*deviceBatches -> 202 in \d+ ms MS-RequestId [0-9a-f-]{36}/);
});

test('--no-wait ends when all is accepted, prints the tracking ids, and the same command then shows the outcomes', async (t) => {
  const { run } = await useService(t, { 'devices.csv': `${autopilotHeader}\n${sampleLine('w', 1)}\n` });
  const words = ['devices', 'upload', 'devices.csv', '-b', 'May'];
  const accepted = await run([...words, '--no-wait']);
  assert.equal(accepted.exitCode, 0);
  assert.match(accepted.stdout, /^[0-9a-f-]{36}\n$/);
  assert.match(accepted.stderr, /run:\n {2}muster devices upload devices\.csv -b May\n/);
  const followed = await run([...words, '--rows', 'all']);
  assert.equal(followed.exitCode, 0, followed.stderr);
  assert.ok(followed.stderr.includes(accepted.stdout.trim()));
  assert.match(followed.stdout, /^1\t2\t00w0000001\tContoso Laptop 1\tfinished\t/);
});

test('what is left out of the row is taken from the hash for the table, and the serial number keeps its zeros', async (t) => {
  const { run } = await useService(t, { 'devices.csv': `Hardware Hash\n${sampleHash('z', 5)}\n` });
  const { stdout } = await run(['devices', 'upload', 'devices.csv', '-b', 'May', '--rows', 'all']);
  assert.match(stdout, new RegExp(`^1\t2\t${sampleSerial('z', 5)}\tContoso Laptop 5\tfinished\t`));
});
