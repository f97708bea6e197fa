import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decodeHardwareHash } from '../../src/hardware-hash/decode-hardware-hash.ts';
import { identityKeys } from '../../src/identity/identity-keys.ts';
import { sampleFiles } from '../../../scripts/generate-samples.ts';

function readSample(name: string): string {
  return readFileSync(new URL(`../../../samples/${name}`, import.meta.url), 'latin1');
}

/** The rows of a sample file as serial number, decoded hash, and the keys it makes. */
function rowsOf(name: string) {
  const [, ...lines] = readSample(name).trimEnd().split('\r\n');
  return lines.map((line) => {
    const [serialNumber = '', , text = ''] = line.split(',');
    const hash = decodeHardwareHash(text);
    return {
      serialNumber,
      text,
      hash,
      keys: identityKeys({ serialNumber, hash: hash.usable ? hash : undefined }),
    };
  });
}

test('the committed samples are what the generator writes', () => {
  for (const [name, content] of Object.entries(sampleFiles()))
    assert.ok(readSample(name) === content, `samples/${name} is stale: run node scripts/generate-samples.ts`);
});

test('the samples have the header and the line ends of Get-WindowsAutopilotInfo', () => {
  for (const name of Object.keys(sampleFiles())) {
    assert.match(readSample(name), /^Device Serial Number,Windows Product ID,Hardware Hash\r\n/);
    assert.match(readSample(name), /^(?:[^\r\n]+\r\n)+$/);
  }
});

test('every sample hash has 4,000 characters and names its row, but for one whose checksum is wrong', () => {
  const rows = rowsOf('devices.csv');
  assert.equal(rows.length, 10);
  for (const { text, hash, serialNumber } of rows) {
    assert.equal(text.length, 4000);
    if (hash.usable) assert.equal(hash.facts?.serialNumber, serialNumber);
  }
  const broken = rows.filter(({ hash }) => !hash.usable);
  assert.deepEqual(
    broken.map(({ serialNumber, hash }) => [serialNumber, hash]),
    [['5CD3417R2M', { usable: false, reason: 'checksum' }]],
  );
});

test('exactly one sample row stands twice, and no other two are the same machine', () => {
  const rows = rowsOf('devices.csv');
  const pairs = rows.flatMap((one, at) =>
    rows.slice(at + 1).filter((other) => other.keys.some((key) => one.keys.includes(key))),
  );
  assert.deepEqual(
    pairs.map(({ serialNumber }) => serialNumber),
    ['5CG3281QWK'],
  );
});

test('the neighbour is a machine of the list with another hash: only what the hash says recognises it', () => {
  const [neighbour] = rowsOf('neighbour-device.csv');
  assert.ok(neighbour);
  const same = rowsOf('devices.csv').filter(({ keys }) => keys.some((key) => neighbour.keys.includes(key)));
  assert.deepEqual(
    same.map(({ serialNumber }) => serialNumber),
    [neighbour.serialNumber],
  );
  assert.notEqual(same[0]?.text, neighbour.text);
  assert.equal(same[0]?.keys.filter((key) => neighbour.keys.includes(key)).length, 3);
});
