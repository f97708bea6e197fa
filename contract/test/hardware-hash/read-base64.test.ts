import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readBase64, readWithAtob } from '../../src/hardware-hash/read-base64.ts';

const memory = Buffer.alloc(200);

function bytesOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString('hex');
}

test('only the base64 alphabet is read, whatever else the text holds', () => {
  const unit = fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...'ABCDwxyz0189+/') },
    { weight: 1, arbitrary: fc.constantFrom(...'-_= \n\0*é', 'ł', '中', '\ud800') },
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 120 }), (text) => {
      const digits = text.replace(/={1,2}$/, '');
      const isBase64 = /^[A-Za-z0-9+/]*$/.test(digits) && (digits.length % 4 !== 1 || digits.endsWith('A'));
      assert.equal(readBase64(text) !== undefined, isBase64);
      // Into given memory, large enough or not, the same is read.
      assert.deepEqual(bytesOf(readBase64(text, memory)), bytesOf(readBase64(text)));
      assert.deepEqual(bytesOf(readBase64(text, memory.subarray(0, 50))), bytesOf(readBase64(text)));
    }),
    { numRuns: 2000 },
  );
});

test('bytes written as base64 are read back, with Buffer and without', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64');
      assert.deepEqual(Buffer.from(readBase64(text) ?? []), Buffer.from(bytes));
      assert.deepEqual(readWithAtob(text.replaceAll('=', '')), Uint8Array.from(bytes));
    }),
  );
});

test('without Buffer the same texts are refused', () => {
  for (const text of ['AA*A', 'AA A', 'AA-A', 'AAłA']) assert.equal(readWithAtob(text), undefined);
});
