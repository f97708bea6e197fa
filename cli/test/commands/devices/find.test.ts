import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { encodeHardwareHash } from '@muster/contract/testing/encode-hardware-hash';
import { readLines, useService } from '../../support/service.ts';

const header = 'Device Serial Number,Manufacturer name,Device model,Windows Product ID,Hardware Hash\n';

test('devices are found by whatever is known of them, listed across batches, and named by their serial numbers', async (t) => {
  const { run, directory, customerId } = await useService(t);
  const hash = encodeHardwareHash({ serialNumber: 'CF-3', manufacturer: 'Contoso', model: 'Book 3' });
  const rows = `CF-1,Contoso,Book 3,,\nCF-2,Contoso,Book 3,CF-KEY,\n,,,,${hash}\n`;
  const uploaded = await run(['devices', 'upload', '-', '-b', 'May', '--rows', 'none'], {
    stdin: header + rows,
  });
  assert.equal(uploaded.exitCode, 0, uploaded.stderr);
  await writeFile(join(directory, 'hash.txt'), `"${hash}"\n`);
  const [first] = readLines((await run(['devices', 'find', 'CF-1', '--json'])).stdout);
  assert.partialDeepStrictEqual(first, { customerId, batchId: 'May', serialNumber: 'CF-1' });
  const found = async (...words: string[]) => {
    const { exitCode, stdout, stderr } = await run(['devices', 'find', ...words]);
    assert.equal(exitCode, 0, stderr);
    return stdout.split('\n').flatMap((line) => line.split('\t')[1] ?? []);
  };
  assert.deepEqual(await found('--prefix', 'CF-'), ['CF-1', 'CF-2', 'CF-3']);
  assert.deepEqual(await found('--prefix', 'CF-', '--limit', '2'), ['CF-1', 'CF-2']);
  assert.deepEqual(await found('--product-key', 'CF-KEY'), ['CF-2']);
  assert.deepEqual(await found('--id', String(first?.deviceId)), ['CF-1']);
  assert.deepEqual(await found('--hash', 'hash.txt'), ['CF-3']);
  assert.deepEqual(await found('CF-%'), []);
  const listed = await run(['devices', 'list']);
  assert.match(listed.stdout, /\tCF-1\t[^]*\tCF-2\t[^]*\tCF-3\t/);
  const removed = await run(['devices', 'remove', 'CF-1', '--yes']);
  assert.equal(removed.stdout, `Device ${String(first?.deviceId)} removed.\n`);
  const shown = await run(['devices', 'show', 'CF-1']);
  assert.match(
    shown.stderr,
    /^Device [^\n]*: CF-1 Contoso Book 3, customer .*, batch May, policy none\nThe device was removed/,
  );
  assert.match(shown.stdout, /^[^\t]+\tregistered\t[^\n]*\tMay\tsucceeded\t[^\n]*\n[^\t]+\tremoved\t/);
  const [device, ...events] = readLines((await run(['devices', 'show', 'CF-2', '--json'])).stdout);
  assert.deepEqual([device?.serialNumber, events.map(({ kind }) => kind)], ['CF-2', ['registered']]);
  assert.equal((await run(['devices', 'show', 'CF-9'])).exitCode, 1);
  const missing = await run(['devices', 'remove', 'CF-1', '--yes']);
  assert.equal(missing.exitCode, 1);
  assert.match(missing.stderr, /CF-1/);
});

test('too little, too much and what cannot be read is said in one line', async (t) => {
  const { run } = await useService(t);
  for (const words of [[], ['CF-1', '--prefix', 'CF-'], ['--id', 'a', '--product-key', 'b']]) {
    const { exitCode, stderr } = await run(['devices', 'find', ...words]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /exactly one/);
  }
  assert.match((await run(['devices', 'find', '--prefix', 'a'])).stderr, /serialPrefix must have at least 3/);
  assert.match((await run(['devices', 'find', '--hash', 'nowhere.txt'])).stderr, /nowhere\.txt/);
});
