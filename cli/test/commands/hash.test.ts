import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runMuster } from '../../src/run-muster.ts';
import { autopilotHeader, sampleHash, sampleLine } from '../support/device-lines.ts';
import { createFakeIo } from '../support/fake-io.ts';

async function decode(content: string | Uint8Array, ...options: string[]) {
  const io = createFakeIo({ stdin: content });
  const exitCode = await runMuster(['hash', 'decode', '-', ...options], io);
  return { exitCode, ...io.written };
}

function readLines(text: string): Record<string, unknown>[] {
  const lines = text.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('what a hash says is shown for each row of a list, without a service to ask', async () => {
  const { exitCode, stdout } = await decode(
    `${autopilotHeader}\n${sampleLine('h', 1)}\nS-2,,\n${sampleLine('h', 2)}\n`,
  );
  assert.equal(exitCode, 0);
  assert.match(stdout, /^-:2: usable\n {2}Serial number: 00h0000001\n {2}Manufacturer: Contoso\n/);
  assert.match(stdout, /\n-:4: usable\n {2}Serial number: 00h0000002\n/);
  const chinese = await decode(sampleHash('h', 1), '--locale', 'zh-TW');
  assert.match(chinese.stdout, /可以使用\n {2}序號: 00h0000001\n/);
});

test('a file may hold hashes alone, also wrapped, and the bytes of one', async () => {
  const hash = sampleHash('h', 1);
  const wrapped = hash.replaceAll(/.{76}/g, '$&\n');
  for (const content of [hash, `${wrapped}\n`, `${hash}\r\n`, new Uint8Array(Buffer.from(hash, 'base64'))]) {
    const { exitCode, stdout } = await decode(content, '--json');
    assert.equal(exitCode, 0);
    assert.deepEqual(
      readLines(stdout).map(({ serialNumber }) => serialNumber),
      ['00h0000001'],
    );
  }
  const two = readLines((await decode(`${wrapped}\n${sampleHash('h', 2)}\n`, '--json')).stdout);
  assert.deepEqual(
    two.map(({ serialNumber }) => serialNumber),
    ['00h0000001', '00h0000002'],
  );
});

test('a hash of the same machine names the line of the first one', async () => {
  const lines = [autopilotHeader, sampleLine('h', 1), sampleLine('h', 2), sampleLine('h', 1)];
  const { stdout } = await decode(`${lines.join('\n')}\n`);
  assert.match(stdout, /\n-:4: usable\n[^]*\n {2}The same device as line 2\.\n$/);
});

test('a hash that cannot be used says why, and the exit code tells it', async () => {
  const { exitCode, stdout } = await decode(`Hardware Hash\n${sampleHash('h', 1)}\nDummyHash123\n`);
  assert.equal(exitCode, 3);
  assert.match(stdout, /\n-:3: The hardware hash is too short/);
  const none = await decode('Serial Number,Manufacturer,Model\nA1,Contoso,Book 3\n');
  assert.deepEqual([none.exitCode, none.stdout], [1, '']);
  assert.match(none.stderr, /^muster: - contains no hardware hashes\./);
});
