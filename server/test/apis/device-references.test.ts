import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeHardwareHash } from '@muster/contract/testing/encode-hardware-hash';
import { readFault } from '../conformance/faults.ts';
import { newCustomerId, startTestMuster } from '../support/muster.ts';

const muster = await startTestMuster();
const maker = { oemManufacturerName: 'Contoso', modelName: 'Book 3' };

test('the reference of each device comes back with its outcome in our API, and never in that of Partner Center', async () => {
  const path = `/v1/customers/${newCustomerId()}/deviceBatches`;
  const hardwareHash = encodeHardwareHash({
    serialNumber: 'REF-2',
    manufacturer: 'Contoso',
    model: 'Book 3',
  });
  const devices = [
    { serialNumber: 'REF-1', ...maker, reference: 'devices.csv:2' },
    { hardwareHash, Reference: '第 3 列' },
    { reference: 'x'.repeat(128) },
    { serialNumber: 'REF-4', ...maker, reference: '' },
    { serialNumber: 'REF-5', ...maker, reference: null },
  ];
  const upload = await muster.call('POST', path, { body: { batchId: 'b', devices } });
  const status = await muster.finished(upload.headers.get('location') ?? '');
  assert.doesNotMatch(JSON.stringify(status), /reference|devices\.csv/i);
  const response = await muster.call('GET', `/muster/v1/jobs/${status.batchTrackingId}/devices`);
  const { items } = (await response.json()) as { items: Record<string, unknown>[] };
  assert.deepEqual(
    items.map(({ reference, serialNumber, outcome }) => [reference, serialNumber, outcome]),
    [
      ['devices.csv:2', 'REF-1', 'succeeded'],
      ['第 3 列', 'REF-2', 'succeeded'],
      ['x'.repeat(128), undefined, 'MissingZtdSerialNumberAndProductKey'],
      [undefined, 'REF-4', 'succeeded'],
      [undefined, 'REF-5', 'succeeded'],
    ],
  );
  const listed = await muster.call('GET', `${path}/b/devices`);
  assert.doesNotMatch(await listed.text(), /reference/i);
});

test('a reference that is too long or no text is refused by name', async () => {
  for (const reference of ['x'.repeat(129), 5, 'a\u0000b']) {
    const response = await muster.call('POST', `/v1/customers/${newCustomerId()}/deviceBatches`, {
      body: { batchId: 'b', devices: [{ serialNumber: 'REF-6', ...maker, reference }] },
    });
    assert.equal(response.status, 400);
    assert.deepEqual((await readFault(response)).data, ['devices[0].reference']);
  }
});
