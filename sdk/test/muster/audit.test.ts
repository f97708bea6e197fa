import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newCustomerId, startTestMuster } from '../../../server/test/support/muster.ts';
import { BadRequestError, clientSecretCredential, connectPartner } from '../../src/index.ts';
import { newDevices } from '../support/devices.ts';

const muster = await startTestMuster();
const partner = connectPartner({
  baseUrl: muster.url,
  credentials: clientSecretCredential(muster.credentials),
});

test('who changed what is listed page by page, and filtered', async () => {
  const customerId = newCustomerId();
  const { deviceBatches, configurationPolicies } = partner.customers.byId(customerId);
  const { trackingId } = await deviceBatches.create({ batchId: 'May', devices: newDevices(1) });
  const policy = await configurationPolicies.create({ name: 'Standard' });
  const records = await partner.audit.list({ customerId, since: new Date(0), pageSize: 1 }).toArray();
  assert.deepEqual(
    records.map(({ operation }) => operation),
    ['createPolicy', 'createDeviceBatch'],
  );
  assert.deepEqual(records[0]?.details, [{ key: 'policyId', value: policy.id }]);
  assert.ok(records[1]?.details.some(({ value }) => value === trackingId));
  const uploads = await partner.audit.list({ customerId, operation: 'createDeviceBatch' }).toArray();
  assert.deepEqual(uploads, records.slice(1));
  await assert.rejects(partner.audit.list({ until: 'yesterday' }).toArray(), BadRequestError);
});
