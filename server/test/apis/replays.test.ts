import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { newCustomerId, startTestMuster } from '../support/muster.ts';

const muster = await startTestMuster();
const customer = `/v1/customers/${newCustomerId()}`;
const policy = { name: 'p', category: 'o_o_b_e', policySettings: ['skip_eula'] };
const devices = [{ serialNumber: 'A1', oemManufacturerName: 'Contoso', modelName: 'Book 3' }];

const repeatable: [string, () => [string, string, unknown]][] = [
  ['creating a batch', () => ['POST', `${customer}/deviceBatches`, { batchId: randomUUID(), devices }]],
  ['creating a policy', () => ['POST', `${customer}/policies`, { ...policy, name: randomUUID() }]],
];

for (const [name, build] of repeatable) {
  test(`the repeat of ${name} says that it is one, in a header and in the log; the first does not`, async () => {
    const [method, path, body] = build();
    const headers = { 'MS-RequestId': randomUUID() };
    const first = await muster.call(method, path, { body, headers });
    const second = await muster.call(method, path, { body, headers });
    assert.equal(first.status, second.status);
    assert.equal(first.headers.get('muster-replayed'), null);
    assert.equal(second.headers.get('muster-replayed'), 'true');
    const told = muster.logLines.filter(
      ({ msg, requestId }) =>
        msg === 'an earlier response is replayed' && requestId === headers['MS-RequestId'],
    );
    assert.equal(told.length, 1);
  });
}

test('the answer to the request that first uses a customer id says so, and later ones do not', async () => {
  const path = `/v1/customers/${randomUUID()}/deviceBatches`;
  const claims = [];
  for (let count = 0; count < 2; count += 1)
    claims.push((await muster.call('GET', path)).headers.get('muster-customer-claimed'));
  assert.deepEqual(claims, ['true', null]);
});
