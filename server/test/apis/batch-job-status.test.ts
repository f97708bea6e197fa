import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newCustomerId, startTestMuster } from '../support/muster.ts';

const muster = await startTestMuster();

test("the seed's exchange: a device of another customer ends as 808 inside a finished job, member for member", async () => {
  const device = { serialNumber: '1234567890', productKey: '12345-67890-09876-54321-13579' };
  const owner = newCustomerId();
  const asker = newCustomerId();
  const first = await muster.call('POST', `/v1/customers/${owner}/deviceBatches`, {
    body: { batchId: 'theirs', devices: [device] },
  });
  await muster.finished(first.headers.get('location') ?? '');

  const upload = await muster.call('POST', `/v1/customers/${asker}/deviceBatches`, {
    body: { batchId: 'ours', devices: [device] },
  });
  assert.equal(upload.status, 202);
  assert.equal(await upload.text(), '');
  const location = upload.headers.get('location') ?? '';
  assert.match(location, new RegExp(`^/customers/${asker}/batchJobStatus/[0-9a-f-]{36}$`));
  await muster.finished(location);

  const trackingId = location.split('/')[4];
  const requestId = 'e88d014d-ab70-41de-90a0-f7fd1797267d';
  const correlationId = 'de894e18-f027-4ac0-8b5a-34f0c222af0c';
  const response = await muster.call('GET', `/v1/customers/${asker}/batchjobstatus/${trackingId}`, {
    headers: {
      Accept: 'application/json',
      'MS-RequestId': requestId,
      'MS-CorrelationId': correlationId,
      'X-Locale': 'en-US',
    },
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('ms-requestid'), requestId);
  assert.equal(response.headers.get('ms-correlationid'), correlationId);
  assert.match(response.headers.get('ms-cv') ?? '', /^[A-Za-z0-9+/]{16}\.0$/);
  assert.match(response.headers.get('ms-serverid') ?? '', /^\d{9}$/);
  const text = await response.text();
  const { startedTime, completedTime } = JSON.parse(text) as { startedTime: string; completedTime: string };
  assert.equal(
    text,
    JSON.stringify({
      batchTrackingId: trackingId,
      status: 'finished',
      startedTime,
      completedTime,
      devicesStatus: [
        {
          ...device,
          status: 'finished_with_errors',
          errorCode: '808',
          errorDescription: 'ZtdDeviceAssignedToOtherTenant',
          attributes: { objectType: 'DeviceUploadDetails' },
        },
      ],
      attributes: { objectType: 'BatchUploadDetails' },
      progress: { total: 1, processed: 1, succeeded: 0, failed: 1 },
    }),
  );
  assert.ok(Date.parse(startedTime) <= Date.parse(completedTime));
});
