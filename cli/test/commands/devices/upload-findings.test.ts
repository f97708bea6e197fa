import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { autopilotHeader, sampleHash, sampleLine, sampleSerial } from '../../support/device-lines.ts';
import { readLines, useService } from '../../support/service.ts';

const upload = ['devices', 'upload', 'devices.csv', '-b', 'May'];

test('a serial number that differs from the hardware hash stops the upload, until it is allowed or the hash is trusted', async (t) => {
  const lost = `${sampleSerial('d', 1).replace(/^0+/, '')},,${sampleHash('d', 1)}`;
  const { run } = await useService(t, { 'devices.csv': `${autopilotHeader}\n${lost}\n` });
  const stopped = await run(upload);
  assert.equal(stopped.exitCode, 1);
  assert.match(
    stopped.stderr,
    /devices\.csv:2: warning: Serial number is "d0000001", but the hardware hash says "00d0000001"/,
  );
  assert.match(stopped.stderr, /Nothing was uploaded[^]*--allow differs[^]*--trust-hash/);
  assert.equal((await run([...upload, '--check'])).exitCode, 3);
  assert.equal((await run([...upload, '--check', '--allow', 'differs'])).exitCode, 0);

  const trusted = await run([...upload, '--trust-hash', '--rows', 'all']);
  assert.equal(trusted.exitCode, 0, trusted.stderr);
  assert.match(trusted.stdout, /\t00d0000001\t/);
  const allowed = await run([...upload, '--allow', 'differs']);
  assert.match(allowed.stdout, /^1\t2\td0000001\t.*ZtdDeviceAlreadyAssigned/);
});

test('on a terminal the user chooses between the values in the hash, those in the file, and neither', async (t) => {
  const lines = [1, 2].map((number) => `X-${number},,${sampleHash('q', number)}`);
  const { run } = await useService(t, { 'devices.csv': `${autopilotHeader}\n${lines.join('\n')}\n` });
  const answer = (...answers: string[]) => run(upload, { isTTY: true, columns: 120, answers });
  const none = await answer('n', 'n');
  assert.equal(none.exitCode, 1);
  assert.equal(none.questions.length, 2);
  const trusted = await answer('y');
  assert.equal(trusted.exitCode, 0, trusted.stderr);
  assert.match(trusted.stdout, /00q0000001/);
  const asItIs = await answer('n', 'y');
  assert.match(asItIs.stdout, /X-1 .*ZtdDeviceAlreadyAssigned/);
});

test('devices listed again in another call of the upload are reported as duplicates, not as already registered', async (t) => {
  const count = 2_500;
  const serials = Array.from({ length: count }, (_, index) => `R${index % 1_250}`);
  const rows = serials.map((serial) => `${serial},Contoso,Book`);
  const { run } = await useService(t, { 'devices.csv': `Serial,Make,Model\n${rows.join('\n')}\n` });
  const { exitCode, stdout, stderr } = await run([...upload, '--json', '--report', 'failed.csv']);
  assert.equal(exitCode, 3, stderr);
  const outcomes = readLines(stdout);
  assert.equal(outcomes.length, count + 1);
  for (const [index, { row, serialNumber, status, errorDescription }] of outcomes.slice(0, count).entries())
    assert.deepEqual(
      [row, serialNumber, status, errorDescription],
      index < 1_250
        ? [index + 1, serials[index], 'finished', undefined]
        : [index + 1, serials[index], 'finished_with_errors', 'ZtdDeviceDuplicated'],
    );
  const { summary, trackingIds } = outcomes[count] as { summary: object; trackingIds: string[] };
  assert.deepEqual(summary, {
    devices: count,
    succeeded: 1_250,
    failed: 1_250,
    uncertain: 0,
    byOutcome: { finished: 1_250, ZtdDeviceDuplicated: 1_250 },
  });
  assert.equal(trackingIds.length, 2);
});

test('an upload and a check agree on what would fail', async (t) => {
  const good = sampleLine('g', 1);
  const samples: Readonly<Record<string, string>> = {
    'good.csv': `${autopilotHeader}\n${good}\n`,
    'bad-hash.csv': `${autopilotHeader}\nS-1,,nonsense\n`,
    'twice.csv': `${autopilotHeader}\n${sampleLine('g', 2)}\n${sampleLine('g', 2)}\n`,
    'placeholder.csv': `Serial,Make,Model,Product Key\nDefault string,Contoso,Book,3305120004561\n`,
    'nothing.csv': `Serial,Make,Model\nS-1,,\n`,
    'formula.csv': `Serial,Make,Model\n#REF!,Contoso,Book\n`,
    'differs.csv': `${autopilotHeader}\nS-1,,${sampleHash('g', 3)}\n`,
    'wide.csv': `Serial,Make,Model\nS-1,Contoso, Inc.,Book\n`,
  };
  const { run } = await useService(t, samples);
  for (const file of Object.keys(samples)) {
    const words = ['devices', 'upload', file, '-b', 'May'];
    const check = await run([...words, '--check', '--json']);
    const sent = await run([...words, '--json']);
    const findings = readLines(check.stdout).slice(0, -1);
    assert.equal(check.exitCode === 0, sent.exitCode === 0, `${file}: ${check.stdout}${sent.stderr}`);
    for (const { line, message } of findings) {
      const told = sent.stderr.split('\n').filter((text) => text.includes(`${file}:${String(line)}: `));
      assert.ok(
        told.some((text) => text.endsWith(String(message))),
        `${file}: ${sent.stderr}`,
      );
    }
  }
});

test('columns that no table knows are named on the command line', async (t) => {
  const { run } = await useService(t, { 'devices.csv': `Asset,Vendor,Type\nA-1,Contoso,Book\n` });
  assert.match((await run(upload)).stderr, /the header has no known column.*--columns/);
  const columns = ['--columns', 'serial=Asset,manufacturer=Vendor', '--columns', 'model=Type'];
  const { exitCode, stdout } = await run([...upload, ...columns, '--rows', 'all']);
  assert.equal(exitCode, 0);
  assert.match(stdout, /^1\t2\tA-1\tContoso Book\tfinished/);
  const wrong = await run([...upload, '--columns', 'serial=Tag']);
  assert.match(wrong.stderr, /devices\.csv: line 1: there is no column "tag", which --columns names/);
  for (const value of ['serial', 'colour=Type', 'serial=', 'serial=A,serial=B'])
    assert.equal((await run([...upload, '--columns', value])).exitCode, 2, value);
});

test('the report holds the rows that can be corrected, with what they lack, and counts those that need nothing', async (t) => {
  const lines = ['S-1,Contoso,Book', 'S-1,Contoso,Book', 'S-2,Contoso,', 'S-3,Contoso,Book'];
  const { run, directory } = await useService(t, {
    'first.csv': 'Serial,Make,Model\nS-3,Contoso,Book\n',
    'devices.csv': `Serial,Make,Model\n${lines.join('\n')}\n`,
  });
  await run(['devices', 'upload', 'first.csv', '-b', 'May']);
  const { stdout, stderr } = await run([...upload, '--report', 'failed.csv', '--tracking-ids', 'ids.txt']);
  assert.match(stdout, /^3\t4\tS-2\t.*Missing in this row: Model\.$/m);
  assert.match(stderr, /1 failed row written to failed\.csv[^]*2 rows are not in the report/);
  const report = await readFile(join(directory, 'failed.csv'), 'utf8');
  assert.match(report, /^Serial,Make,Model,.*\r\nS-2,Contoso,,803,[^\n]*\n$/);
  assert.match(await readFile(join(directory, 'ids.txt'), 'utf8'), /^[0-9a-f-]{36}\n$/);
  const again = await run([...upload, '--report', 'again.csv', '--no-wait', '--json']);
  const [{ trackingIds } = { trackingIds: [] }] = readLines(again.stdout) as { trackingIds: string[] }[];
  assert.equal(trackingIds.length, 1);
  assert.match(again.stderr, new RegExp(`muster status ${trackingIds[0]}\\n`));
});
