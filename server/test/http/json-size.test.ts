import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestError } from '../../src/http/request-error.ts';
import fc from 'fast-check';
import { checkJsonSize } from '../../src/http/json-size.ts';

/** What the walk over the text counts, counted on the value. */
function count(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members = Object.values(value);
  return 1 + Math.max(0, members.length - 1) + members.reduce<number>((sum, one) => sum + count(one), 0);
}

function isWithin(value: unknown, valuesMax: number): boolean {
  try {
    checkJsonSize(Buffer.from(JSON.stringify(value)), valuesMax);
    return true;
  } catch (error) {
    assert.ok(error instanceof RequestError && error.problem.kind === 'malformed-body');
    return false;
  }
}

const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', ',', '[', '{', 'é', '漢'), maxLength: 40 });
const longText = fc
  .tuple(fc.integer({ min: 0, max: 1100 }), text)
  .map(([length, end]) => 'x'.repeat(length) + end);

test('law: values are counted outside of strings, whatever the strings hold, to the last one', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }), fc.array(longText), (value, texts) => {
      const body = { value, texts };
      const values = 1 + count(body);
      assert.ok(isWithin(body, values));
      assert.ok(!isWithin(body, values - 1));
    }),
    { numRuns: 200 },
  );
});

test('law: every string of 1,024 bytes or more is told, and where it is', () => {
  fc.assert(
    fc.property(fc.array(longText), (texts) => {
      const body = Buffer.from(JSON.stringify(texts));
      const told: string[] = [];
      checkJsonSize(body, 1000, (first, end) => told.push(body.toString('utf8', first, end)));
      const long = texts.map((one) => JSON.stringify(one).slice(1, -1));
      assert.deepEqual(
        told,
        long.filter((one) => Buffer.byteLength(one) >= 1024),
      );
    }),
  );
});

function nested(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels);
}

test('64 levels are read and 65 are not, however many lists stand side by side', () => {
  checkJsonSize(Buffer.from(`[${Array.from({ length: 100 }, () => nested(63)).join(',')}]`), 10_000);
  assert.throws(() => checkJsonSize(Buffer.from(nested(65)), 10_000), /nested more than 64 levels deep/);
});
