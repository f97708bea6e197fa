import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toWireError } from '../../src/apis/partner-center/faults.ts';
import { uploadThread } from '../../src/apis/partner-center/parse-upload.ts';
import { RequestError } from '../../src/http/request-error.ts';
import { newDeviceIds } from '../../src/registry/devices/new-device-ids.ts';
import type { ParseOptions, UploadBody } from '../../src/intake/parse-task.ts';
import { UploadWorkers } from '../../src/intake/upload-workers.ts';

const order: ParseOptions = { operation: 'addDevices', devicesPerCall: 1000, now: Date.UTC(2026, 10, 22) };

function body(serialNumber: string, padding = 0): Buffer {
  return Buffer.from(JSON.stringify([{ serialNumber }]) + ' '.repeat(padding));
}

function firstId({ upload }: UploadBody): string {
  return (JSON.parse(upload.devices.json) as { deviceId: string }[])[0]?.deviceId ?? '';
}

test('a thread that dies fails the body it was at, and no other', async () => {
  const script = new URL('./dying-thread.ts', import.meta.url);
  const threads = new UploadWorkers({
    threadsMax: 1,
    bytesMax: 1_000_000,
    script,
  });
  try {
    const results = await Promise.allSettled(
      ['one', 'die', 'two', 'die', 'three'].map((serial) => threads.parse(body(serial), order)),
    );
    assert.deepEqual(
      results.map((result) => result.status),
      ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
    );
    for (const result of results) {
      // No fault of the sender: the edge answers it with 500.
      if (result.status === 'rejected') assert.ok(!(result.reason instanceof RequestError));
    }
  } finally {
    await threads.close();
  }
});

test('ids grow from call to call, whichever thread reads them, and with those made here', async () => {
  const threads = new UploadWorkers({ threadsMax: 2, bytesMax: 1_000_000, script: uploadThread });
  try {
    // Both threads at once, so that both are there.
    const both = await Promise.all([threads.parse(body('1'), order), threads.parse(body('2'), order)]);
    const ids = both.map(firstId).sort();
    for (let call = 0; call < 10; call += 1) {
      ids.push(firstId(await threads.parse(body(String(call)), order)), ...newDeviceIds(3, order.now));
    }
    assert.deepEqual(ids, ids.toSorted());
    assert.equal(new Set(ids).size, ids.length);
  } finally {
    await threads.close();
  }
});

test('closing refuses what waits and what comes with 503, and answers every read', async () => {
  const threads = new UploadWorkers({ threadsMax: 1, bytesMax: 1_000_000, script: uploadThread });
  const reads = [threads.parse(body('1'), order), threads.parse(body('2'), order)];
  const settled = Promise.allSettled(reads);
  await threads.close();
  const late = threads.parse(body('3'), order);
  for (const result of [...(await settled), ...(await Promise.allSettled([late]))]) {
    assert.ok(result.status === 'rejected' && result.reason instanceof RequestError);
    assert.equal(toWireError(result.reason).status, 503);
  }
});

test('the memory of a small body, which others share, is not taken away', async () => {
  const threads = new UploadWorkers({ threadsMax: 1, bytesMax: 1_000_000, script: uploadThread });
  try {
    const small = body('1');
    await threads.parse(small, order);
    assert.equal(small.length, body('1').length);
  } finally {
    await threads.close();
  }
});
