import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { version } from 'uuid';
import { newDeviceIds } from '../../src/registry/devices/new-device-ids.ts';

test('law: ids are version 7, all different, and each greater than those before it, whatever the clock does', () => {
  let last = '';
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: -5, max: 5 })), {
        maxLength: 5,
      }),
      (calls) => {
        let now = Date.UTC(2026, 10, 22);
        for (const [count, step] of calls) {
          now += step;
          for (const id of newDeviceIds(count, now)) {
            assert.equal(version(id), 7);
            assert.ok(id > last, `${id} does not follow ${last}`);
            last = id;
          }
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('an id says when it was made', () => {
  const now = Date.UTC(2036, 0, 1, 12);
  const [id = ''] = newDeviceIds(1, now);
  assert.equal(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16), now);
});
