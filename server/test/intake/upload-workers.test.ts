import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WireError } from '@muster/contract';
import { newDeviceIds } from '../../src/registry/devices/new-device-ids.ts';
import type { ReadUpload, UploadOrder } from '../../src/intake/parse-upload.ts';
import { UploadThreads } from '../../src/intake/upload-workers.ts';

const order: UploadOrder = { operation: 'addDevices', devicesPerCall: 1000, now: Date.UTC(2026, 10, 22) };

function body(serialNumber: string, padding = 0): Buffer {
  return Buffer.from(JSON.stringify([{ serialNumber }]) + ' '.repeat(padding));
}

function firstId({ upload }: ReadUpload): string {
  return (JSON.parse(upload.devices.json) as { deviceId: string }[])[0]?.deviceId ?? '';
}

test('a thread that dies fails the body it was at, and no other', async () => {
  const script = new URL('./dying-thread.ts', import.meta.url);
  const threads = new UploadThreads({
    threadsMax: 1,
    bytesMax: 1_000_000,
    script,
  });
  try {
    const results = await Promise.allSettled(
      ['one', 'die', 'two', 'die', 'three'].map((serial) => threads.read(body(serial), order)),
    );
    assert.deepEqual(
      results.map((result) => result.status),
      ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
    );
    for (const result of results) {
      // No fault of the sender: the edge answers it with 500.
      if (result.status === 'rejected') assert.ok(!(result.reason instanceof WireError));
    }
  } finally {
    await threads.close();
  }
});

test('ids grow from call to call, whichever thread reads them, and with those made here', async () => {
  const threads = new UploadThreads({ threadsMax: 2, bytesMax: 1_000_000 });
  try {
    // Both threads at once, so that both are there.
    const both = await Promise.all([threads.read(body('1'), order), threads.read(body('2'), order)]);
    const ids = both.map(firstId).sort();
    for (let call = 0; call < 10; call += 1) {
      ids.push(firstId(await threads.read(body(String(call)), order)), ...newDeviceIds(3, order.now));
    }
    assert.deepEqual(ids, ids.toSorted());
    assert.equal(new Set(ids).size, ids.length);
  } finally {
    await threads.close();
  }
});

test('closing refuses what waits and what comes with 503, and answers every read', async () => {
  const threads = new UploadThreads({ threadsMax: 1, bytesMax: 1_000_000 });
  const reads = [threads.read(body('1'), order), threads.read(body('2'), order)];
  const settled = Promise.allSettled(reads);
  await threads.close();
  const late = threads.read(body('3'), order);
  for (const result of [...(await settled), ...(await Promise.allSettled([late]))]) {
    assert.ok(result.status === 'rejected' && result.reason instanceof WireError);
    assert.equal(result.reason.status, 503);
  }
});

test('the memory of a small body, which others share, is not taken away', async () => {
  const threads = new UploadThreads({ threadsMax: 1, bytesMax: 1_000_000 });
  try {
    const small = body('1');
    await threads.read(small, order);
    assert.equal(small.length, body('1').length);
  } finally {
    await threads.close();
  }
});
