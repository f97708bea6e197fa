import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Slots } from '../../src/upload/slots.ts';

test('no more are in than there are slots, and they enter in the order they came', async () => {
  const slots = new Slots(2);
  const entered: number[] = [];
  await Promise.all([slots.acquire(), slots.acquire()]);
  const waiting = [1, 2, 3].map(async (place) => {
    await slots.acquire();
    entered.push(place);
  });
  assert.deepEqual(entered, []);
  for (const waits of waiting) {
    slots.release();
    await waits;
  }
  assert.deepEqual(entered, [1, 2, 3]);
});

test('one who gives up waiting leaves the slot to the next', async () => {
  const slots = new Slots(1);
  await slots.acquire();
  const stop = new AbortController();
  const given = slots.acquire(stop.signal);
  const next = slots.acquire();
  stop.abort(new Error('enough'));
  await assert.rejects(given, /enough/);
  slots.release();
  await next;
});

test('a slot that was handed over at the very moment of giving up is not lost', async () => {
  const slots = new Slots(1);
  await slots.acquire();
  const stop = new AbortController();
  const given = slots.acquire(stop.signal);
  slots.release();
  stop.abort(new Error('enough'));
  await given.then(
    () => slots.release(),
    () => undefined,
  );
  await slots.acquire();
});
