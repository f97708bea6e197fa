import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { WindowCounters } from '../../src/http/window-counters.ts';

const windowMs = 60_000;
const atStart = (): number => 0;

test('within any window no more than the limit is let in, however requests come', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 200 }),
      (limit, gaps) => {
        let now = 0;
        const counters = new WindowCounters({ limit, windowMs, elapsedMs: () => now });
        const admitted: number[] = [];
        for (const gap of gaps) {
          now += gap;
          if (counters.secondsUntilRoom('key') > 0) continue;
          counters.count('key');
          admitted.push(now);
        }
        // Windows begin with an admitted request; two of them can meet, so twice the limit bounds any such time.
        for (const [position, time] of admitted.entries()) {
          const third = admitted[position + 2 * limit];
          assert.ok(third === undefined || third - time >= windowMs);
        }
      },
    ),
  );
});

test('whoever waits as long as they are told is let in, whatever they tried meanwhile', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: 0, max: 59_999 }), { maxLength: 50 }),
      (limit, tries) => {
        let now = 0;
        const counters = new WindowCounters({ limit, windowMs, elapsedMs: () => now });
        for (let count = 0; count < limit; count++) counters.count('key');
        const seconds = counters.secondsUntilRoom('key');
        assert.equal(seconds, 60);
        for (const at of tries.toSorted((a, b) => a - b)) {
          now = at;
          assert.ok(counters.secondsUntilRoom('key') >= 1);
        }
        now = seconds * 1000;
        assert.equal(counters.secondsUntilRoom('key'), 0);
      },
    ),
  );
});

test('keys do not count for each other, and a limit of 0 is none', () => {
  const counters = new WindowCounters({ limit: 1, windowMs, elapsedMs: atStart });
  counters.count('one');
  assert.equal(counters.secondsUntilRoom('two'), 0);
  const off = new WindowCounters({ limit: 0, windowMs, elapsedMs: atStart });
  for (let count = 0; count < 1000; count++) off.count('key');
  assert.equal(off.secondsUntilRoom('key'), 0);
});
