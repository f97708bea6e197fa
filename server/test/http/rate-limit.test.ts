import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePartner, startAdministeredMuster, type TestPartner } from '../support/administrator.ts';
import { newCustomerId, requestToken } from '../support/muster.ts';

let clock = new Date('2026-11-20T10:00:00Z');
const after = (ms: number): void => void (clock = new Date(clock.getTime() + ms));
const muster = await startAdministeredMuster({
  now: () => clock,
  settings: { MUSTER_PARTNER_REQUESTS_PER_MINUTE: '8', MUSTER_CUSTOMER_REQUESTS_PER_MINUTE: '5' },
});

async function newCaller(): Promise<(customerId: string) => Promise<Response>> {
  const partner: TestPartner = await makePartner(muster);
  const { partnerId: tenantId, confidential } = partner;
  const token = await requestToken({ authority: muster.url, tenantId, ...confidential });
  return (customerId) => muster.call('GET', `/v1/customers/${customerId}/deviceBatches`, { token });
}

async function statuses(call: (customerId: string) => Promise<Response>, customerId: string, times: number) {
  const seen: number[] = [];
  for (let count = 0; count < times; count++) seen.push((await call(customerId)).status);
  return seen;
}

test('docs/wire.md 5: over the limit the answer is the documented 429, which is no fault, with an integer Retry-After', async () => {
  const call = await newCaller();
  const customerId = newCustomerId();
  assert.deepEqual(await statuses(call, customerId, 5), [200, 200, 200, 200, 200]);
  after(3500);
  const refused = await call(customerId);
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get('retry-after'), '57');
  assert.equal(
    await refused.text(),
    '{"statusCode":429,"message":"Rate limit is exceeded. Try again in 57 seconds."}',
  );
  assert.ok(refused.headers.get('ms-correlationid'));
});

test('a partner is limited per customer and over all its customers; others are not concerned', async () => {
  const call = await newCaller();
  const other = await newCaller();
  assert.deepEqual(await statuses(call, newCustomerId(), 6), [200, 200, 200, 200, 200, 429]);
  assert.deepEqual(await statuses(call, newCustomerId(), 4), [200, 200, 200, 429], 'eight in all');
  assert.equal((await other(newCustomerId())).status, 200);
});

test('spelling the customer in capitals gives no second allowance', async () => {
  const call = await newCaller();
  const customerId = newCustomerId();
  await statuses(call, customerId, 5);
  assert.equal((await call(customerId.toUpperCase())).status, 429);
});

test('docs/wire.md 5: a client that hammers through its 429s is let in again after the minute', async () => {
  const call = await newCaller();
  const customerId = newCustomerId();
  await statuses(call, customerId, 5);
  for (let second = 0; second < 60; second++) {
    assert.equal((await call(customerId)).status, 429);
    after(1000);
  }
  assert.equal((await call(customerId)).status, 200);
});

test('nobody without a good token spends an allowance', async () => {
  const call = await newCaller();
  const customerId = newCustomerId();
  for (let count = 0; count < 20; count++) {
    const response = await muster.call('GET', `/v1/customers/${customerId}/deviceBatches`, {
      token: 'a.b.c',
    });
    assert.equal(response.status, 401);
  }
  assert.equal((await call(customerId)).status, 200);
});

test('0 turns a limit off', async () => {
  const free = await startAdministeredMuster({
    settings: { MUSTER_PARTNER_REQUESTS_PER_MINUTE: '0', MUSTER_CUSTOMER_REQUESTS_PER_MINUTE: '0' },
  });
  const { customerId } = free.credentials;
  for (let count = 0; count < 30; count++)
    assert.equal((await free.call('GET', `/v1/customers/${customerId}/deviceBatches`)).status, 200);
});
