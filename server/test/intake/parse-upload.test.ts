import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { toWireError } from '../../src/apis/partner-center/faults.ts';
import {
  parseUpload,
  uploadThread,
  type UploadOperation,
} from '../../src/apis/partner-center/parse-upload.ts';
import { RequestError } from '../../src/http/request-error.ts';
import type { ParseOptions } from '../../src/intake/parse-task.ts';
import { RegistryError } from '../../src/registry/registry-error.ts';
import { UploadWorkers } from '../../src/intake/upload-workers.ts';
import { arbitraryDevices, goodHash, withoutIds } from './upload-bodies.ts';

const threads = new UploadWorkers({ threadsMax: 1, bytesMax: 16_777_216, script: uploadThread });
after(() => threads.close());

function orderOf(operation: UploadOperation): ParseOptions {
  return { operation, devicesPerCall: 10, now: Date.UTC(2026, 10, 22) };
}

/** What came of a body: what was read, or the fault. */
async function outcome(read: () => ReturnType<typeof parseUpload> | Promise<unknown>): Promise<unknown> {
  try {
    return withoutIds((await read()) as ReturnType<typeof parseUpload>);
  } catch (thrown) {
    assert.ok(thrown instanceof RegistryError || thrown instanceof RequestError, String(thrown));
    const error = toWireError(thrown);
    const faults = [error.toFault('en-US'), error.toFault('zh-TW')];
    return { fault: error.fault, values: error.values, status: error.status, message: error.message, faults };
  }
}

async function sameOutcome(body: Buffer, operation: UploadOperation): Promise<unknown> {
  const order = orderOf(operation);
  const here = await outcome(() => parseUpload(Buffer.from(body), order));
  assert.deepEqual(await outcome(() => threads.parse(Buffer.from(body), order)), here);
  return here;
}

const device = { serialNumber: '1', hardwareHash: goodHash };
const many = (count: number, value: unknown): unknown[] => Array.from({ length: count }, () => value);
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

const faults: readonly { what: string; body: Buffer; operation?: UploadOperation; fault: string }[] = [
  { what: 'no body', body: Buffer.alloc(0), fault: 'InvalidInput' },
  { what: 'no UTF-8', body: Buffer.from([0x7b, 0xff, 0x7d]), fault: 'MalformedBody' },
  { what: 'broken JSON', body: Buffer.from('{"batchId":'), fault: 'MalformedBody' },
  {
    what: 'broken JSON after a hash',
    body: Buffer.from(`[{"hardwareHash":"${goodHash}"},]`),
    operation: 'addDevices',
    fault: 'MalformedBody',
  },
  { what: 'a list for a batch', body: json([device]), fault: 'InvalidInput' },
  {
    what: 'a batch for a list',
    body: json({ devices: [device] }),
    operation: 'addDevices',
    fault: 'InvalidInput',
  },
  { what: 'no batch id', body: json({ devices: [device] }), fault: 'InvalidInput' },
  {
    what: 'a hash for a batch id',
    body: json({ batchId: goodHash, devices: [device] }),
    fault: 'InvalidInput',
  },
  { what: 'a hash for a device', body: json([goodHash]), operation: 'addDevices', fault: 'InvalidInput' },
  {
    what: 'a hash for a serial number',
    body: json([device, { serialNumber: goodHash }]),
    operation: 'addDevices',
    fault: 'InvalidInput',
  },
  {
    what: 'a control character',
    body: json([device, { serialNumber: 'a\u0000' }]),
    operation: 'addDevices',
    fault: 'InvalidInput',
  },
  {
    what: 'a list of hashes for a hash',
    body: json([{ hardwareHash: [goodHash] }]),
    operation: 'addDevices',
    fault: 'InvalidInput',
  },
  { what: 'no devices', body: json([]), operation: 'addDevices', fault: 'InvalidInput' },
  {
    what: 'too many devices',
    body: json(many(11, device)),
    operation: 'addDevices',
    fault: 'TooManyDevices',
  },
  { what: 'deep nesting', body: Buffer.from('['.repeat(4_000_000)), fault: 'MalformedBody' },
  {
    what: 'a million tiny devices',
    body: json(many(1_000_000, {})),
    operation: 'addDevices',
    fault: 'MalformedBody',
  },
  {
    what: 'a million texts',
    body: json(many(1_000_000, 'a')),
    operation: 'addDevices',
    fault: 'MalformedBody',
  },
];

for (const { what, body, operation = 'createDeviceBatch', fault } of faults) {
  test(`${what} is the same ${fault} on a thread`, async () => {
    const found = (await sameOutcome(body, operation)) as { fault: string; status: number };
    assert.equal(found.fault, fault);
    assert.equal(found.status, 400);
  });
}

test('law: what is read on a thread is what is read here, but for the ids', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryDevices, async (devices) => {
      await sameOutcome(json(devices), 'addDevices');
      await sameOutcome(json({ batchId: 'Büro', devices }), 'createDeviceBatch');
    }),
    { numRuns: 60 },
  );
});

/** What came of a text, but for its digest. */
function readText(text: string): Promise<unknown> {
  return outcome(() => ({ ...parseUpload(Buffer.from(text), orderOf('addDevices')), digest: '' }));
}

test('law: a hash read from the bytes of a body is the hash that its text says', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryDevices, async (devices) => {
      const plain = JSON.stringify(devices);
      // The same texts, written so that no long string is base64 as it stands.
      const escaped = plain
        .replaceAll('"hardwareHash":"', '"hardwareHash":"\\u0020')
        .replaceAll('\\u0020"', '"');
      assert.deepEqual(await readText(plain), await readText(escaped));
    }),
    { numRuns: 100 },
  );
});

test('a byte order mark, member names in any case and repeats are read as ever', async () => {
  const body = Buffer.from(
    `\ufeff{"BATCHID":"x","Devices":[{"HardwareHash":"${goodHash}","hardwareHash":"x"}]}`,
  );
  const read = (await sameOutcome(body, 'createDeviceBatch')) as { batchId: string; json: string };
  assert.equal(read.batchId, 'x');
  assert.match(read.json, /"serialNumber":"SN-1"/);
});

test('a fault never repeats a hash', async () => {
  const body = json([{ serialNumber: goodHash, [goodHash]: 1 }]);
  assert.ok(!JSON.stringify(await sameOutcome(body, 'addDevices')).includes(goodHash.slice(0, 40)));
});
