import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { WindowCounters } from '../../src/http/window-counters.ts';

const windowMs = 60_000;

test('within any window no more than the limit is let in, however requests come', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 200 }),
      (limit, gaps) => {
        const counters = new WindowCounters({ limit, windowMs });
        const admitted: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          if (counters.secondsUntilRoom('key', new Date(now)) > 0) continue;
          counters.count('key', new Date(now));
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
        const counters = new WindowCounters({ limit, windowMs });
        for (let count = 0; count < limit; count++) counters.count('key', new Date(0));
        const seconds = counters.secondsUntilRoom('key', new Date(0));
        assert.equal(seconds, 60);
        for (const at of tries.toSorted((a, b) => a - b))
          assert.ok(counters.secondsUntilRoom('key', new Date(at)) >= 1);
        assert.equal(counters.secondsUntilRoom('key', new Date(seconds * 1000)), 0);
      },
    ),
  );
});

test('keys do not count for each other, and a limit of 0 is none', () => {
  const counters = new WindowCounters({ limit: 1, windowMs });
  counters.count('one', new Date(0));
  assert.equal(counters.secondsUntilRoom('two', new Date(0)), 0);
  const off = new WindowCounters({ limit: 0, windowMs });
  for (let count = 0; count < 1000; count++) off.count('key', new Date(0));
  assert.equal(off.secondsUntilRoom('key', new Date(0)), 0);
});
