import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newCustomerId, startTestMuster } from '../../../server/test/support/muster.ts';
import { BadRequestError, clientSecretCredential, connectPartner, NotFoundError } from '../../src/index.ts';
import { newDevices } from '../support/devices.ts';

const muster = await startTestMuster();
const partner = connectPartner({
  baseUrl: muster.url,
  credentials: clientSecretCredential(muster.credentials),
});

test('a job whose tracking id was lost is found by its customer, waited for, and listed device by device', async () => {
  const customerId = newCustomerId();
  const customer = partner.customers.byId(customerId);
  const devices = newDevices(3);
  const accepted = await customer.deviceBatches.create({ batchId: 'May', devices: [...devices, {}] });
  await customer.deviceBatches.create({ batchId: 'June', devices: newDevices(1) });
  const [june, may] = await partner.jobs.list({ customerId, since: new Date(0), pageSize: 1 }).toArray();
  assert.deepEqual([june?.batchId, may?.trackingId], ['June', accepted.trackingId]);
  const seen: string[] = [];
  const job = await partner.jobs.wait(accepted.trackingId, { onProgress: ({ state }) => seen.push(state) });
  assert.deepEqual(job.devices, { total: 4, succeeded: 3, failed: 1, pending: 0 });
  assert.equal(seen.at(-1), 'finished');
  const listed = await partner.jobs.devices(job.trackingId, { pageSize: 2 }).toArray();
  assert.deepEqual(
    listed.map(({ serialNumber }) => serialNumber),
    [...devices.map(({ serialNumber }) => serialNumber), undefined],
  );
  const failed = await partner.jobs.devices(job.trackingId, { outcome: '803' }).toArray();
  assert.deepEqual(
    failed.map(({ position, outcome }) => [position, outcome]),
    [[4, 'MissingZtdSerialNumberAndProductKey']],
  );
  const withFailures = await partner.jobs
    .list({ customerId, hasFailures: true, state: 'finished' })
    .toArray();
  assert.deepEqual(
    withFailures.map(({ trackingId }) => trackingId),
    [job.trackingId],
  );
});

test('unknown jobs and wrong filters are errors of their own kinds', async () => {
  await assert.rejects(partner.jobs.get('00000000-0000-4000-8000-000000000001'), NotFoundError);
  await assert.rejects(partner.jobs.devices('nothing').toArray(), NotFoundError);
  await assert.rejects(partner.jobs.list({ since: 'yesterday' }).toArray(), BadRequestError);
});
