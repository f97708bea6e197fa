import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newCustomerId, startTestMuster } from '../support/muster.ts';

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

/** The bytes of some responses: a list, a fault, and a finished status read twice. */
async function bodies(settings: Record<string, string>): Promise<Buffer[]> {
  const muster = await startTestMuster({ settings });
  const customer = `/v1/customers/${newCustomerId()}`;
  const devices = [{ serialNumber: 'A1', oemManufacturerName: 'Contoso', modelName: 'Book 3' }];
  const created = await muster.call('POST', `${customer}/deviceBatches`, { body: { batchId: 'b', devices } });
  assert.equal((await created.arrayBuffer()).byteLength, 0, 'an empty body stays empty');
  const status = `/v1${created.headers.get('location') ?? ''}`;
  await muster.finished(created.headers.get('location') ?? '');
  const found: Buffer[] = [];
  for (const path of [`${customer}/deviceBatches`, `${customer}/policies/x`, status, status]) {
    const response = await muster.call('GET', path);
    const body = Buffer.from(await response.arrayBuffer());
    assert.equal(response.headers.get('content-length'), String(body.length));
    found.push(body);
  }
  return found;
}

test('a byte order mark goes before each body where it is set, and before none by default', async () => {
  for (const body of await bodies({ MUSTER_BYTE_ORDER_MARK: 'true' })) {
    assert.deepEqual(body.subarray(0, 3), mark);
    assert.doesNotThrow(() => JSON.parse(body.subarray(3).toString('utf8')));
  }
  for (const body of await bodies({})) assert.equal(body[0], '{'.charCodeAt(0));
});
