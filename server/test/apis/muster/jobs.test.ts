import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job, JobDevice } from '@muster/contract/muster/job';
import sql from 'sql-template-tag';
import { insertTestPartner, issueTestToken } from '../../conformance/tokens.ts';
import { newDevice } from '../../conformance/world.ts';
import { newCustomerId, startTestMuster, type BatchStatus } from '../../support/muster.ts';

const muster = await startTestMuster();

async function upload(customerId: string, batchId: string, devices: readonly object[]): Promise<BatchStatus> {
  const path = `/v1/customers/${customerId}/deviceBatches`;
  const response = await muster.call('POST', path, { body: { batchId, devices } });
  assert.equal(response.status, 202);
  return muster.finished(response.headers.get('location') ?? '');
}

async function get(
  path: string,
  options: Parameters<typeof muster.call>[2] = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await muster.call('GET', `/muster/v1${path}`, options);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function listJobs(query: string): Promise<Job[]> {
  const { status, body } = await get(`/jobs?${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body.items as Job[];
}

/** All items of a list, read in pages of this size. */
async function readPages<Item>(path: string, limit: number): Promise<Item[]> {
  const items: Item[] = [];
  let cursor = '';
  do {
    const { status, body } = await get(`${path}&limit=${limit}${cursor && `&cursor=${cursor}`}`);
    assert.equal(status, 200, JSON.stringify(body));
    const page = body.items as Item[];
    assert.ok(page.length <= limit && page.length > 0);
    items.push(...page);
    cursor = typeof body.nextCursor === 'string' ? body.nextCursor : '';
  } while (cursor !== '');
  return items;
}

const unusable = { serialNumber: 'U-1', hardwareHash: 'bm90IGEgaGFzaA==' };

test('jobs are listed newest first, of one customer and of all; pages hold each job once, even while jobs begin', async () => {
  const [customer, other] = [newCustomerId(), newCustomerId()];
  const made: string[] = [];
  for (const batch of ['A', 'B', 'C', 'D', 'E'])
    made.unshift((await upload(customer, batch, [newDevice()])).batchTrackingId);
  const elsewhere = await upload(other, 'A', [newDevice()]);
  const listed = await readPages<Job>(`/jobs?customerId=${customer}`, 2);
  assert.deepEqual(
    listed.map(({ trackingId }) => trackingId),
    made,
  );
  const all = await listJobs('limit=6');
  assert.deepEqual(
    all.map(({ trackingId }) => trackingId),
    [elsewhere.batchTrackingId, ...made],
  );
  const first = await get(`/jobs?customerId=${customer}&limit=3`);
  await upload(customer, 'F', [newDevice()]);
  const second = await get(`/jobs?customerId=${customer}&limit=3&cursor=${String(first.body.nextCursor)}`);
  assert.deepEqual(
    (second.body.items as Job[]).map(({ trackingId }) => trackingId),
    made.slice(3),
  );
});

test('a job tells kind, batch, who, when and the count of each outcome; filters pick jobs by all of these', async () => {
  const customer = newCustomerId();
  const device = newDevice();
  const good = await upload(customer, 'Good', [device]);
  const bad = await upload(customer, 'Bad', [device, unusable, newDevice()]);
  const patch = await muster.call('PATCH', `/v1/customers/${customer}/DevicePolicyUpdates`, {
    body: { devices: [{ id: good.devicesStatus[0]?.deviceId, policies: [] }] },
  });
  const update = await muster.finished(patch.headers.get('location') ?? '');
  const { body } = await get(`/jobs/${bad.batchTrackingId.toUpperCase()}`);
  const { createdAt, startedAt, completedAt, createdBy, customerName, ...job } = body;
  assert.deepEqual(job, {
    trackingId: bad.batchTrackingId,
    customerId: customer,
    kind: 'register_devices',
    state: 'finished',
    batchId: 'Bad',
    devices: { total: 3, succeeded: 1, failed: 2, pending: 0 },
    outcomes: [
      { outcome: 'InvalidZtdHardwareHash', errorCode: '802', count: 1 },
      { outcome: 'ZtdDeviceAlreadyAssigned', errorCode: '806', count: 1 },
      { outcome: 'succeeded', count: 1 },
    ],
  });
  for (const time of [createdAt, startedAt, completedAt]) assert.ok(!Number.isNaN(Date.parse(String(time))));
  assert.ok(typeof createdBy === 'string' && createdBy !== '' && typeof customerName === 'string');
  const found = async (filter: string) =>
    (await listJobs(`customerId=${customer}&${filter}`)).map(({ trackingId }) => trackingId);
  assert.deepEqual(await found('hasFailures=true'), [bad.batchTrackingId]);
  assert.deepEqual(await found('hasFailures=false'), [update.batchTrackingId, good.batchTrackingId]);
  assert.deepEqual(await found('batchId=bAD'), [bad.batchTrackingId]);
  assert.deepEqual(await found('state=queued'), []);
  assert.equal((await found('state=finished')).length, 3);
  assert.deepEqual(await found(`since=${String(createdAt)}`), [update.batchTrackingId, bad.batchTrackingId]);
  assert.deepEqual(await found('since=2999-01-01'), []);
  const policyJob = (await get(`/jobs/${update.batchTrackingId}`)).body;
  assert.deepEqual([policyJob.kind, 'batchId' in policyJob], ['update_policies', false]);
});

test('the devices of a job come in the order submitted, by outcome, with what to do in the language asked for', async () => {
  const customer = newCustomerId();
  const [first, second] = [newDevice(), newDevice()];
  const job = await upload(customer, 'May', [first, unusable, second, unusable]);
  const path = `/jobs/${job.batchTrackingId}/devices`;
  const listed = await readPages<JobDevice>(`${path}?`, 3);
  assert.deepEqual(
    listed.map(({ position, serialNumber, outcome }) => [position, serialNumber, outcome]),
    [
      [1, first.serialNumber, 'succeeded'],
      [2, 'U-1', 'InvalidZtdHardwareHash'],
      [3, second.serialNumber, 'succeeded'],
      [4, 'U-1', 'InvalidZtdHardwareHash'],
    ],
  );
  assert.deepEqual(listed[0], {
    position: 1,
    deviceId: job.devicesStatus[0]?.deviceId,
    ...first,
    outcome: 'succeeded',
  });
  for (const outcome of ['failed', '802', 'InvalidZtdHardwareHash']) {
    const failed = await readPages<JobDevice>(`${path}?outcome=${outcome}`, 1);
    assert.deepEqual(
      failed.map(({ position }) => position),
      [2, 4],
    );
  }
  assert.deepEqual((await get(`${path}?outcome=pending`)).body, { items: [] });
  const chinese = await get(`${path}?outcome=802&limit=1`, { headers: { 'x-locale': 'zh-TW' } });
  assert.match(String((chinese.body.items as JobDevice[])[0]?.remedy), /請在裝置上重新擷取/);
});

test('a job that an earlier version finished is counted, and its devices are listed', async () => {
  const customer = newCustomerId();
  const job = await upload(customer, 'Old', [newDevice(), unusable]);
  const path = `/v1/customers/${customer}/batchJobStatus/${job.batchTrackingId}`;
  const answer = Buffer.from(await (await muster.call('GET', path)).arrayBuffer());
  await muster.database.query(sql`
    update batch_jobs set answer = ${answer}, submission = null, outcomes = '{}', devices_succeeded = null,
      devices_failed = null, outcome_counts = null
    where batch_tracking_id = ${job.batchTrackingId}`);
  const { body } = await get(`/jobs/${job.batchTrackingId}`);
  assert.deepEqual(body.devices, { total: 2, succeeded: 1, failed: 1, pending: 0 });
  const devices = await readPages<JobDevice>(`/jobs/${job.batchTrackingId}/devices?`, 10);
  assert.deepEqual(
    devices.map(({ outcome }) => outcome),
    ['succeeded', 'InvalidZtdHardwareHash'],
  );
});

test('bad input is named: filters, limits, cursors of another list or partner, unknown and foreign ids', async () => {
  const customer = newCustomerId();
  const job = await upload(customer, 'May', [newDevice(), newDevice()]);
  const devices = `/jobs/${job.batchTrackingId}/devices`;
  const cursor = String((await get(`${devices}?limit=1`)).body.nextCursor);
  for (const [path, what] of [
    ['/jobs?limit=0', /^limit must be at least 1/],
    ['/jobs?limit=1001', /^limit must be at most 1000/],
    ['/jobs?limit=ten', /^limit must be a whole number/],
    ['/jobs?limit=1&limit=2', /^limit is given more than once/],
    ['/jobs?customer=x', /^customer is not/],
    ['/jobs?customerId=x', /^customerId must be a GUID/],
    ['/jobs?state=done', /^state must be one of|^state is not valid/],
    ['/jobs?hasFailures=maybe', /^hasFailures must be true or false/],
    ['/jobs?since=yesterday', /^since must be a date/],
    ['/jobs?since=2026-02-40', /^since must be a date/],
    ['/jobs?batchId=%00', /^batchId contains control characters/],
    ['/jobs?cursor=x', /^cursor is not/],
    [`/jobs?cursor=${cursor}`, /^cursor is not/],
    [`${devices}?outcome=807x`, /^outcome must be succeeded/],
    [`${devices}?cursor=${cursor}x`, /^cursor is not/],
  ] as const) {
    const { status, body } = await get(path);
    assert.equal(status, 400, path);
    assert.match(String(body.description), what);
  }
  const stranger = await issueTestToken(muster, { partnerId: await insertTestPartner(muster) });
  assert.equal((await get(`/jobs?customerId=${customer}`, { token: stranger })).body.code, '20002');
  assert.deepEqual((await get('/jobs', { token: stranger })).body, { items: [] });
  const jobCursor = String((await get('/jobs?limit=1')).body.nextCursor);
  assert.equal((await get(`/jobs?cursor=${jobCursor}`, { token: stranger })).status, 400);
  for (const path of [`/jobs/${job.batchTrackingId}`, devices]) {
    const { status, body } = await get(path, { token: stranger });
    assert.deepEqual([status, body.code], [404, '1000']);
    assert.match(String(body.description), /There is no job/);
  }
  assert.equal((await get('/jobs/no-guid')).status, 404);
  // Asking makes nobody the owner of a customer.
  assert.equal((await get(`/jobs?customerId=${newCustomerId()}`)).status, 403);
});
