import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { KeyTable } from '../src/find-duplicates.ts';

function digest(key: number): Buffer {
  return createHash('sha256').update(String(key)).digest();
}

test('it answers as a map would, through every growth', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20_000), { minLength: 7_000, maxLength: 9_000, size: 'max' }), (keys) => {
      const table = new KeyTable();
      const model = new Map<number, number>();
      keys.forEach((key, row) => {
        assert.equal(table.add(digest(key), row), model.get(key));
        if (!model.has(key)) model.set(key, row);
      });
    }),
    { numRuns: 10 },
  );
});
