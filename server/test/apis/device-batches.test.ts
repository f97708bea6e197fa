import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import sql from 'sql-template-tag';
import { newCustomerId, startTestMuster } from '../support/muster.ts';

const muster = await startTestMuster({ settings: { MUSTER_BODY_BYTES: '100000' } });

interface Fault {
  readonly code: string;
  readonly description: string;
  readonly data: readonly string[];
  readonly source: string;
}

let serial = 0;
/** A device that nobody has seen. */
function newDevice(): { serialNumber: string; oemManufacturerName: string; modelName: string } {
  serial += 1;
  return { serialNumber: `SN-${process.pid}-${serial}`, oemManufacturerName: 'Contoso', modelName: 'Book 3' };
}

async function upload(
  customer: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return muster.call('POST', `/v1/customers/${customer}/deviceBatches`, { body, headers });
}

async function storedJobs(customer: string): Promise<number> {
  const [row] = await muster.database.query<{ jobs: number }>(sql`
    select count(*)::int as jobs from batch_jobs where customer_id = ${customer}`);
  return row?.jobs ?? 0;
}

async function refused(response: Response, status: number): Promise<Fault> {
  const fault = (await response.json()) as Fault;
  assert.equal(response.status, status, JSON.stringify(fault));
  assert.equal(typeof fault.code, 'string');
  assert.equal(fault.source, 'Muster');
  assert.ok(Array.isArray(fault.data));
  assert.match(response.headers.get('content-type') ?? '', /^application\/json; charset=utf-8$/);
  return fault;
}

const badBodies: readonly { readonly what: string; readonly body: unknown; readonly names: RegExp }[] = [
  { what: 'malformed JSON', body: '{"BatchId":', names: /not valid JSON/ },
  { what: 'no body at all', body: '', names: /^The body must be an object/ },
  { what: 'an array instead of an object', body: [], names: /^The body must be an object/ },
  {
    what: 'a batch id that is a number',
    body: { batchId: 7, devices: [newDevice()] },
    names: /^batchId must be text/,
  },
  { what: 'a missing batch id', body: { devices: [newDevice()] }, names: /^batchId is missing/ },
  {
    what: 'an empty batch id',
    body: { batchId: '', devices: [newDevice()] },
    names: /^batchId must not be empty/,
  },
  {
    what: 'a batch id of 300 characters',
    body: { batchId: 'b'.repeat(300), devices: [newDevice()] },
    names: /^batchId is longer than 256/,
  },
  {
    what: 'a batch id with a line break',
    body: { batchId: 'a\nb', devices: [newDevice()] },
    names: /^batchId contains control characters/,
  },
  { what: 'missing devices', body: { batchId: 'x' }, names: /^devices is missing/ },
  { what: 'zero devices', body: { batchId: 'x', devices: [] }, names: /^devices has no devices/ },
  {
    what: 'a device that is a text',
    body: { batchId: 'x', devices: [newDevice(), 'device'] },
    names: /^devices\[1\] must be an object/,
  },
  {
    what: 'a null device',
    body: { batchId: 'x', devices: [null] },
    names: /^devices\[0\] must be an object/,
  },
  {
    what: 'a serial number that is a number',
    body: { batchId: 'x', devices: [{ SerialNumber: 12 }] },
    names: /^devices\[0\]\.serialNumber must be text/,
  },
  {
    what: 'a control character in a serial number',
    body: { batchId: 'x', devices: [newDevice(), { serialNumber: 'a\u0000b' }] },
    names: /^devices\[1\]\.serialNumber contains control characters/,
  },
  {
    what: 'a lone surrogate in a serial number',
    body: '{"batchId":"x","devices":[{"serialNumber":"a\\ud800"}]}',
    names: /^devices\[0\]\.serialNumber contains control characters or invalid Unicode/,
  },
  {
    what: 'a hash that is a number',
    body: { batchId: 'x', devices: [{ hardwareHash: 1 }] },
    names: /^devices\[0\]\.hardwareHash must be text/,
  },
  { what: 'bytes that are no UTF-8', body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), names: /not UTF-8/ },
  {
    what: 'a batch id of spaces',
    body: { batchId: ' \u3000 ', devices: [{ productKey: 'PK' }] },
    names: /^batchId must not be blank/,
  },
  {
    what: 'a batch id that clients take out of a path',
    body: { batchId: '..', devices: [{ productKey: 'PK' }] },
    names: /^batchId must not be "\."/,
  },
  {
    what: 'an unknown policy category',
    body: { batchId: 'x', devices: [{ policies: [{ key: 'firmware', value: 'p' }] }] },
    names: /^devices\[0\]\.policies\[0\]\.key must be one of/,
  },
];

for (const { what, body, names } of badBodies) {
  test(`${what} is refused with 400, named, and nothing is stored`, async () => {
    const customer = newCustomerId();
    const fault = await refused(await upload(customer, body), 400);
    assert.match(fault.description, names);
    assert.equal(await storedJobs(customer), 0);
  });
}

test('1,000 devices are taken and 1,001 are refused with both numbers', async () => {
  const customer = newCustomerId();
  const devices = Array.from({ length: 1001 }, () => ({ serialNumber: '1' }));
  const fault = await refused(await upload(customer, { batchId: 'x', devices }), 400);
  assert.match(fault.description, /1001 devices; one call takes at most 1000/);
  assert.equal(await storedJobs(customer), 0);
  const response = await upload(customer, { batchId: 'x', devices: devices.slice(1) });
  assert.equal(response.status, 202);
});

test('a body over the limit is refused with 400 that a client still sending gets to read', async () => {
  const fault = await refused(
    await upload(newCustomerId(), { batchId: 'x', devices: [], filler: 'x'.repeat(300_000) }),
    400,
  );
  assert.match(fault.description, /larger than 100000 bytes/);
});

test('a gzip body is read, a broken one and a bomb are refused', async () => {
  const customer = newCustomerId();
  const gzip = { 'content-encoding': 'gzip' };
  const good = await upload(
    customer,
    gzipSync(JSON.stringify({ batchId: 'x', devices: [newDevice()] })),
    gzip,
  );
  assert.equal(good.status, 202);
  await refused(await upload(customer, new Uint8Array([1, 2, 3]), gzip), 400);
  const bomb = await refused(await upload(customer, gzipSync(Buffer.alloc(10_000_000, 0x20)), gzip), 400);
  assert.match(bomb.description, /larger than/);
});

test('a batch id exists once per customer without regard to case, and another customer may have it too', async () => {
  const customer = newCustomerId();
  assert.equal((await upload(customer, { batchId: 'Test batch #1', devices: [newDevice()] })).status, 202);
  const fault = await refused(
    await upload(customer, { batchId: 'TEST BATCH #1', devices: [newDevice()] }),
    409,
  );
  assert.match(fault.description, /TEST BATCH #1/);
  assert.equal(await storedJobs(customer), 1);
  assert.equal(
    (await upload(newCustomerId(), { batchId: 'Test batch #1', devices: [newDevice()] })).status,
    202,
  );
});

test('devices are added to a batch under any spelling of its id, and to an unknown one not at all', async () => {
  const customer = newCustomerId();
  const path = (batchId: string): string =>
    `/v1/customers/${customer}/deviceBatches/${encodeURIComponent(batchId)}/devices`;
  await refused(await muster.call('POST', path('Büro #1/2'), { body: [newDevice()] }), 404);
  await upload(customer, { batchId: 'Büro #1/2', devices: [newDevice()] });
  const response = await muster.call('POST', path('BÜRO #1/2'), { body: [newDevice()] });
  assert.equal(response.status, 202);
  const job = await muster.finished(response.headers.get('location') ?? '');
  assert.equal(job.progress.succeeded, 1);
});

test('a call repeated with its MS-RequestId gets the first answer and makes no second job', async () => {
  const customer = newCustomerId();
  const headers = { 'MS-RequestId': randomUUID() };
  const body = { batchId: 'once', devices: [newDevice()] };
  const answers = await Promise.all([
    upload(customer, body, headers),
    upload(customer, body, headers),
    upload(customer, body, headers),
  ]);
  assert.deepEqual(
    answers.map((answer) => answer.status),
    [202, 202, 202],
  );
  assert.equal(new Set(answers.map((answer) => answer.headers.get('location'))).size, 1);
  const path = `/v1/customers/${customer}/deviceBatches/once/devices`;
  const added = [newDevice()];
  const first = await muster.call('POST', path, { body: added, headers });
  const again = await muster.call('POST', path, { body: added, headers });
  assert.equal(first.headers.get('location'), again.headers.get('location'));
  assert.equal(await storedJobs(customer), 2);
});

test('one MS-RequestId on different calls, as a RequestContext sends it, is no repeat', async () => {
  const customer = newCustomerId();
  const headers = { 'MS-RequestId': randomUUID() };
  await upload(customer, { batchId: 'one', devices: [newDevice()] }, headers);
  assert.equal((await upload(customer, { batchId: 'two', devices: [newDevice()] }, headers)).status, 202);
  assert.equal((await upload(customer, { batchId: 'ONE', devices: [newDevice()] }, headers)).status, 409);
});

test('a device without an accepted key is its own 803, an unusable hash its own 802, and the others are registered', async () => {
  const response = await upload(newCustomerId(), {
    batchId: 'mixed',
    devices: [
      newDevice(),
      { serialNumber: 'alone' },
      { hardwareHash: 'DummyHash123', serialNumber: 'dummy' },
      { serialNumber: 'Default string', oemManufacturerName: 'x', modelName: 'y' },
    ],
  });
  const job = await muster.finished(response.headers.get('location') ?? '');
  assert.equal(job.status, 'finished');
  assert.deepEqual(
    job.devicesStatus.map((device) => device.errorCode),
    [undefined, '803', '802', '803'],
  );
  assert.deepEqual(job.progress, { total: 4, processed: 4, succeeded: 1, failed: 3 });
  assert.ok(!('deviceId' in (job.devicesStatus[1] ?? {})));
});

test("another customer's job, an unknown one and an id that is no GUID are 404", async () => {
  const customer = newCustomerId();
  const response = await upload(customer, { batchId: 'x', devices: [newDevice()] });
  const trackingId = response.headers.get('location')?.split('/')[4] ?? '';
  for (const path of [
    `${newCustomerId()}/batchJobStatus/${trackingId}`,
    `${customer}/batchJobStatus/${randomUUID()}`,
    `${customer}/batchJobStatus/nonsense`,
  ]) {
    await refused(await muster.call('GET', `/v1/customers/${path}`), 404);
  }
});

test('unknown routes and methods, a missing and a broken token are answered with a fault', async () => {
  const customer = newCustomerId();
  await refused(await muster.call('GET', '/nowhere'), 404);
  await refused(await muster.call('PUT', `/v1/customers/${customer}/deviceBatches`), 404);
  const missing = await upload(customer, {}, { authorization: '' });
  assert.match(missing.headers.get('www-authenticate') ?? '', /^Bearer /);
  await refused(missing, 401);
  await refused(
    await muster.call('GET', `/v1/customers/${customer}/batchJobStatus/${randomUUID()}`, { token: 'tok' }),
    401,
  );
});

test('an answer in Traditional Chinese when X-Locale asks for it', async () => {
  const fault = await refused(
    await upload(newCustomerId(), { batchId: 'x', devices: [] }, { 'X-Locale': 'zh-TW' }),
    400,
  );
  assert.match(fault.description, /[\u4e00-\u9fff]/);
});

test('what is no HTTP is answered with a fault, too', async () => {
  const { hostname, port } = new URL(muster.url);
  const socket = connect(Number(port), hostname);
  socket.write('GET / HTTP/9.9\r\n\r\n');
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
  assert.match(answer, /"source":"Muster"/);
});

test('no hardware hash reaches the log or an answer', async () => {
  const hash = Buffer.from('secret hash bytes '.repeat(100)).toString('base64');
  const response = await upload(newCustomerId(), {
    batchId: 'x',
    devices: [{ hardwareHash: hash }, { hardwareHash: `${hash}!` }],
  });
  const job = await muster.finished(response.headers.get('location') ?? '');
  assert.ok(!JSON.stringify(job).includes(hash.slice(0, 40)));
  assert.ok(!JSON.stringify(muster.logLines).includes(hash.slice(0, 40)));
  await refused(
    await upload(newCustomerId(), `{"batchId":"x","devices":[{"hardwareHash":"${hash}"},]}`),
    400,
  );
  assert.ok(!JSON.stringify(muster.logLines).includes(hash.slice(0, 40)));
});
