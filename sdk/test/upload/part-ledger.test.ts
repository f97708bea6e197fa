import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { memoryJournal, UploadJournalError } from '../../src/index.ts';
import { readJournal, type JournalHeader } from '../../src/upload/upload-journal.ts';
import { PartLedger } from '../../src/upload/part-ledger.ts';
import { splitDevices, type DevicePart } from '../../src/upload/split-devices.ts';
import { instantRuntime } from '../support/instant-runtime.ts';
import { newDevices } from '../support/devices.ts';

const header: JournalHeader = {
  journal: 'device-upload',
  version: 1,
  baseUrl: 'http://localhost',
  customerId: 'c',
  batchId: 'Office',
  devicesPerCall: 2,
  bytesPerCall: 1000,
};

async function toParts(devices = newDevices(4)): Promise<[DevicePart, DevicePart]> {
  const parts: DevicePart[] = [];
  for await (const part of splitDevices(devices, header)) parts.push(part);
  const [first, second] = parts;
  assert.ok(first && second);
  return [first, second];
}

/** A journal in which the first part was accepted and the second may have been sent. */
async function startedJournal(parts: readonly DevicePart[]) {
  const journal = memoryJournal();
  const ledger = await PartLedger.open(journal, header, instantRuntime());
  for (const part of parts) await ledger.prepare(part);
  await ledger.accept(0, 'tracking-1');
  return journal;
}

test('a part keeps its ids over a restart, and an accepted one its tracking id', async () => {
  const parts = await toParts();
  const journal = await startedJournal(parts);
  const before = readJournal((await journal.read()) ?? '').parts;
  const ledger = await PartLedger.open(journal, header, instantRuntime());
  for (const part of parts) assert.deepEqual(await ledger.prepare(part), before.get(part.index));
  assert.equal((await ledger.prepare(parts[0])).trackingId, 'tracking-1');
  assert.equal(ledger.isBatchKnown, true);
});

test('other devices than the journal tells of are refused, and so are fewer', async () => {
  const parts = await toParts();
  const ledger = await PartLedger.open(await startedJournal(parts), header, instantRuntime());
  const [other] = await toParts();
  await assert.rejects(ledger.prepare(other), { name: 'UploadJournalError', fault: 'input-differs' });
  assert.throws(() => ledger.checkEnd(1, 2), { fault: 'input-differs' });
  ledger.checkEnd(2, 4);
});

test('the journal of another batch, customer or service is refused; letter case of the batch does not matter', async () => {
  const journal = await startedJournal(await toParts());
  for (const other of [{ batchId: 'x' }, { customerId: 'x' }, { baseUrl: 'http://x' }]) {
    const opening = PartLedger.open(journal, { ...header, ...other }, instantRuntime());
    await assert.rejects(opening, { fault: 'other-upload' });
  }
  await PartLedger.open(journal, { ...header, batchId: 'OFFICE' }, instantRuntime());
});

test('a text that is no journal is refused before anything is written to it', async () => {
  for (const text of ['Device Serial Number,Hardware Hash\n1,2\n', '{"a":1}\n', 'null']) {
    const journal = memoryJournal(text);
    await assert.rejects(PartLedger.open(journal, header, instantRuntime()), UploadJournalError);
    assert.equal(await journal.read(), text);
  }
});

test('a resumed journal keeps its own limits, so that its parts stay the same', async () => {
  const journal = await startedJournal(await toParts());
  const ledger = await PartLedger.open(journal, { ...header, devicesPerCall: 500 }, instantRuntime());
  assert.equal(ledger.header.devicesPerCall, 2);
});

test('a journal in which everything was refused starts anew with the new limits and devices', async () => {
  const parts = await toParts();
  const journal = memoryJournal();
  const ledger = await PartLedger.open(journal, header, instantRuntime());
  await ledger.prepare(parts[0]);
  await ledger.reject(0);
  const again = await PartLedger.open(journal, { ...header, devicesPerCall: 500 }, instantRuntime());
  assert.equal(again.header.devicesPerCall, 500);
  await again.prepare((await toParts())[0]);
});

test('wherever the last write was cut off, the journal opens, and no part that may have been sent is forgotten', async () => {
  const parts = await toParts();
  const text = (await (await startedJournal(parts)).read()) ?? '';
  const whole = readJournal(text).parts;
  const lineEnds = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: text.length }), async (length) => {
      const journal = memoryJournal(text.slice(0, length));
      const linesKept = lineEnds.filter((end) => end <= length).length;
      const ledger = await PartLedger.open(journal, header, instantRuntime());
      for (const [place, part] of parts.entries()) {
        const record = await ledger.prepare(part);
        const isKept = linesKept >= place + 2;
        if (isKept) assert.equal(record.requestId, whole.get(place)?.requestId);
      }
      // What is written after the cut can be read again.
      const again = readJournal((await journal.read()) ?? '');
      assert.deepEqual([...again.parts.keys()].sort(), [0, 1]);
    }),
  );
});

test('the journal holds no serial number and no hash', async () => {
  const devices = newDevices(4).map((device) => ({ ...device, hardwareHash: 'T0FzSECRET' }));
  const text = (await (await startedJournal(await toParts(devices))).read()) ?? '';
  assert.doesNotMatch(text, /SECRET|Contoso/);
  for (const { serialNumber } of devices) assert.ok(!text.includes(serialNumber ?? ''));
});

test('a day after its preparation a part that was not accepted gets new ids; an accepted one never', async () => {
  const parts = await toParts();
  const journal = await startedJournal(parts);
  const [first, second] = [...readJournal((await journal.read()) ?? '').parts.values()];
  const later = instantRuntime(Date.UTC(2026, 0, 2));
  const ledger = await PartLedger.open(journal, header, later);
  assert.equal((await ledger.prepare(parts[0])).requestId, first?.requestId);
  const anew = await ledger.prepare(parts[1]);
  assert.notEqual(anew.requestId, second?.requestId);
  assert.equal(anew.isResent, true);
});
