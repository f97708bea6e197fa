import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getHeapSpaceStatistics } from 'node:v8';
import { keepYoungGenerationDuringUploads } from '../../src/intake/young-generation.ts';

/** Makes garbage, part of which lives for a while: what makes V8 want more room. Returns the room in bytes. */
function roomAfterGarbage(): number {
  const living: object[] = [];
  for (let made = 0; made < 1_000_000; made += 1) {
    living.push({ made, text: `${made}` });
    if (living.length === 100_000) living.length = 0;
  }
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return space?.space_size ?? 0;
}

/** V8 begins with 2 MB, gives or takes a page at any time, and goes on to 32 MB or more when it may. */
const grownBytes = 16 * 1024 * 1024;

test('the room for new objects grows only when it may: some time after the last large upload', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  keepYoungGenerationDuringUploads();
  t.mock.timers.tick(9000);
  keepYoungGenerationDuringUploads();
  t.mock.timers.tick(9000);
  assert.ok(roomAfterGarbage() < grownBytes, 'it grew while it may not');
  t.mock.timers.tick(1000);
  assert.ok(roomAfterGarbage() >= grownBytes, 'it did not grow when it may');
});
