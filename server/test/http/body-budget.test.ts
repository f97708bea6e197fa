import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BodyBudget, type BodyOwner, type Reservation } from '../../src/http/body-budget.ts';

const kB = 1024;
const { signal } = new AbortController();

function partner(name: string): BodyOwner {
  return { name, address: '192.0.2.1' };
}

function newBudget(waitMs = 60_000): BodyBudget {
  return new BodyBudget({ bytesMax: 8000 * kB, bodyBytesMax: 1000 * kB, waitMs });
}

test('bodies wait while the budget is taken, and are let in as others end', async () => {
  const budget = newBudget();
  const first = [
    await budget.reserve(partner('a'), 3500 * kB, signal),
    await budget.reserve(partner('b'), 3500 * kB, signal),
  ];
  const order: string[] = [];
  const late = budget.reserve(partner('c'), 1000 * kB, signal).then((room) => (order.push('c'), room));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(order, []);
  first[0]?.release();
  assert.ok(await late);
  assert.equal(budget.taken, 4500 * kB);
});

test('small bodies pass large ones that wait', async () => {
  const budget = newBudget();
  await budget.reserve(partner('a'), 3500 * kB, signal);
  await budget.reserve(partner('b'), 3500 * kB, signal);
  const large = budget.reserve(partner('c'), 500 * kB, signal).then(() => 'large');
  const small = budget.reserve(partner('d'), 10 * kB, signal).then(() => 'small');
  assert.equal(await Promise.race([large, small]), 'small');
});

test('one owner gets half of the budget, and leaves the other half to others', async () => {
  const budget = newBudget(0);
  const rooms = [];
  for (let count = 0; count < 8; count += 1)
    rooms.push(await budget.reserve(partner('a'), 1000 * kB, signal));
  assert.deepEqual(rooms.map(Boolean), [true, true, true, true, false, false, false, false]);
  assert.ok(await budget.reserve(partner('b'), 1000 * kB, signal));
});

test('all requests without a token share an eighth of the budget, and one address gets half of that', async () => {
  const budget = newBudget(0);
  const ask = (address: string) => budget.reserve({ address }, 100 * kB, signal);
  const rooms = [];
  for (let count = 0; count < 8; count += 1) rooms.push(await ask('192.0.2.1'));
  assert.equal(rooms.filter(Boolean).length, 5);
  for (let last = 2; last < 12; last += 1) rooms.push(await ask(`192.0.2.${last}`));
  assert.equal(rooms.filter(Boolean).length, 10);
  for (const room of rooms) room?.release();
  assert.ok(await ask('192.0.2.1'));
});

test('a body that finds no room in time, or whose client leaves, gets none', async () => {
  const budget = newBudget(0);
  await budget.reserve(partner('a'), 4000 * kB, signal);
  assert.equal(await budget.reserve(partner('a'), 1000 * kB, signal), undefined);
  const patient = newBudget();
  await patient.reserve(partner('a'), 4000 * kB, signal);
  const client = new AbortController();
  const waiting = patient.reserve(partner('a'), 1000 * kB, client.signal);
  client.abort();
  assert.equal(await waiting, undefined);
});

test('a body that grows beyond the budget is refused, and what it took is given back', async () => {
  const budget = newBudget();
  await budget.reserve(partner('a'), 3900 * kB, signal);
  const room = await budget.reserve(partner('b'), 0, signal);
  assert.equal(room?.growTo(2000 * kB), true);
  assert.equal(room?.growTo(5000 * kB), false);
  room?.release();
  room?.release();
  assert.equal(budget.taken, 3900 * kB);
});

test('whatever is reserved, grown and released, no more than the budget is ever taken, and all of it comes back', async () => {
  const step = fc.record({
    owner: fc.constantFrom(partner('a'), partner('b'), { address: '192.0.2.1' }, { address: '192.0.2.2' }),
    bytes: fc.integer({ min: 0, max: 1000 * kB }),
    action: fc.constantFrom('reserve', 'grow', 'release'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const budget = newBudget(0);
      const held: Reservation[] = [];
      for (const { owner, bytes, action } of steps) {
        const room = action === 'reserve' ? await budget.reserve(owner, bytes, signal) : undefined;
        if (room) held.push(room);
        if (action === 'grow') held.at(-1)?.growTo(bytes);
        if (action === 'release') held.pop()?.release();
        assert.ok(budget.taken <= 8000 * kB);
      }
      for (const room of held) room.release();
      assert.equal(budget.taken, 0);
    }),
    { numRuns: 200 },
  );
});
