import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { SubmittedDevice } from '../../src/index.ts';
import { splitDevices, type DevicePart } from '../../src/upload/split-devices.ts';

const anyDevice = fc.record(
  { serialNumber: fc.string({ unit: 'grapheme' }), hardwareHash: fc.base64String(), modelName: fc.string() },
  { requiredKeys: [] },
);

async function split(devices: readonly SubmittedDevice[], devicesPerCall: number, bytesPerCall: number) {
  const parts: DevicePart[] = [];
  for await (const part of splitDevices(devices, { devicesPerCall, bytesPerCall })) parts.push(part);
  return parts;
}

function read({ json }: DevicePart): SubmittedDevice[] {
  return JSON.parse(new TextDecoder().decode(json)) as SubmittedDevice[];
}

test('parts put together are the input, each within both limits', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyDevice, { maxLength: 60 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 2, max: 600 }),
      async (devices, devicesPerCall, bytesPerCall) => {
        const parts = await split(devices, devicesPerCall, bytesPerCall);
        const readParts = parts.map(read);
        assert.deepEqual(readParts.flat(), JSON.parse(JSON.stringify(devices)));
        for (const [index, part] of parts.entries()) {
          assert.equal(part.index, index);
          assert.equal(
            part.firstIndex,
            parts.slice(0, index).reduce((sum, { count }) => sum + count, 0),
          );
          assert.equal(part.count, readParts[index]?.length);
          assert.ok(part.count <= devicesPerCall);
          assert.ok(part.json.length <= bytesPerCall || part.count === 1);
        }
      },
    ),
  );
});

test('a part is as large as the limits allow', async () => {
  const devices = Array.from({ length: 10 }, () => ({ serialNumber: '1234' }));
  const one = JSON.stringify(devices[0]).length;
  const counts = (await split(devices, 1000, 2 + 4 * one + 3)).map(({ count }) => count);
  assert.deepEqual(counts, [4, 4, 2]);
});

test('the bytes depend on what is sent, not on the order of members or on what else the device carries', async () => {
  const plain = { serialNumber: '1', modelName: 'M', oemManufacturerName: 'O' };
  const other = {
    line: 7,
    oemManufacturerName: 'O',
    productKey: undefined,
    modelName: 'M',
    serialNumber: '1',
  };
  const [first] = await split([plain], 10, 1000);
  const [second] = await split([other], 10, 1000);
  assert.deepEqual(first?.json, second?.json);
});
