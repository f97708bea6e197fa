import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceEvent, RegisteredDevice } from '@muster/contract/muster/device';
import { encodeHardwareHash } from '@muster/contract/testing/encode-hardware-hash';
import { insertTestPartner, issueTestToken } from '../../conformance/tokens.ts';
import { newCustomerId, startTestMuster } from '../../support/muster.ts';

const muster = await startTestMuster();
const strangerToken = await issueTestToken(muster, { partnerId: await insertTestPartner(muster) });

/** Registers devices; gives their ids in the order submitted. */
async function register(
  customerId: string,
  batchId: string,
  devices: readonly object[],
  token?: string,
): Promise<string[]> {
  const options = token === undefined ? {} : { token };
  const path = `/v1/customers/${customerId}/deviceBatches`;
  const created = await muster.call('POST', path, { body: { batchId, devices }, ...options });
  assert.equal(created.status, 202);
  const location = created.headers.get('location') ?? '';
  for (;;) {
    const response = await muster.call('GET', `/v1${location}`, options);
    const { status, devicesStatus } = (await response.json()) as Awaited<ReturnType<typeof muster.finished>>;
    if (status !== 'finished') continue;
    return devicesStatus.map(({ deviceId }) => {
      assert.ok(typeof deviceId === 'string');
      return deviceId;
    });
  }
}

const names = { oemManufacturerName: 'Contoso', modelName: 'Book 3' };

interface Found {
  readonly status: number;
  readonly items: readonly RegisteredDevice[];
  readonly nextCursor?: string;
  readonly description?: string;
}

async function call(
  method: string,
  path: string,
  options: { body?: object; token?: string },
): Promise<Found> {
  const response = await muster.call(method, `/muster/v1${path}`, options);
  return { status: response.status, ...((await response.json()) as Omit<Found, 'status'>) };
}

const find = (body: object, token?: string) =>
  call('POST', '/devices/find', { body, ...(token !== undefined && { token }) });

async function findIds(body: object, token?: string): Promise<string[]> {
  const { status, items, description } = await find(body, token);
  assert.equal(status, 200, description);
  return items.map(({ deviceId }) => deviceId);
}

test('a device is found by serial number, prefix, product key, id and hash, with its customer, batch and policy', async () => {
  const [customerId, other] = [newCustomerId(), newCustomerId()];
  const policy = await muster.call('POST', `/v1/customers/${customerId}/policies`, {
    body: { name: 'Kiosk' },
  });
  const { id: policyId } = (await policy.json()) as { id: string };
  const facts = { serialNumber: 'FND-0002', manufacturer: 'Contoso', model: 'Book 3' };
  const hardwareHash = encodeHardwareHash(facts);
  const [first = '', second = '', third = ''] = await register(customerId, 'Find Me', [
    { serialNumber: 'FND-0001', ...names, policies: [{ key: 'o_o_b_e', value: policyId }] },
    { hardwareHash },
    { productKey: 'FND-KEY' },
  ]);
  const [fourth = ''] = await register(other, 'Elsewhere', [
    { serialNumber: 'FND-0001', modelName: 'Pro', oemManufacturerName: 'Fabrikam' },
  ]);
  const { items } = await find({ deviceId: first.toUpperCase() });
  const { customerName, registeredAt, ...device } = items[0] ?? {};
  assert.deepEqual(device, {
    deviceId: first,
    customerId,
    batchId: 'Find Me',
    serialNumber: 'FND-0001',
    ...names,
    policyId,
    policyName: 'Kiosk',
  });
  assert.ok(typeof customerName === 'string' && !Number.isNaN(Date.parse(String(registeredAt))));
  assert.deepEqual((await call('GET', `/devices/${first}`, {})).status, 200);
  assert.deepEqual(await findIds({ serialNumber: ' FND-0001 ' }), [first, fourth]);
  assert.deepEqual(await findIds({ serialPrefix: 'FND-' }), [first, fourth, second]);
  assert.deepEqual(await findIds({ productKey: 'FND-KEY' }), [third]);
  assert.deepEqual(await findIds({ hardwareHash }), [second]);
  // Collected again: other bytes of the same machine.
  const again = encodeHardwareHash({ ...facts, generatedAt: new Date('2026-01-01') });
  assert.deepEqual(await findIds({ hardwareHash: again }), [second]);
  const unknown = { serialNumber: 'FND-9', manufacturer: 'Contoso', model: 'Book 3' };
  assert.deepEqual(await findIds({ hardwareHash: encodeHardwareHash(unknown) }), []);
});

test('values are text: no character stands for others, and letter case counts', async () => {
  const serials = ['TXT%1', 'TXT_1', 'TXTA1', 'TXT\\1', 'TXT*1', "TXT'1", 'txt%1', 'TXT日1'];
  const ids = await register(
    newCustomerId(),
    'Text',
    serials.map((serialNumber) => ({ serialNumber, ...names })),
  );
  for (const [index, serialNumber] of serials.entries()) {
    assert.deepEqual(await findIds({ serialNumber }), [ids[index]], serialNumber);
    assert.deepEqual(await findIds({ serialPrefix: serialNumber }), [ids[index]], serialNumber);
  }
  assert.deepEqual(await findIds({ serialPrefix: '%1%' }), []);
  assert.equal((await findIds({ serialPrefix: 'TXT' })).length, 7);
});

/** The ids on all pages of a list, in order. */
async function readAll(
  read: (cursor: string | undefined) => Promise<Found>,
  onPage: () => Promise<void> = async () => {},
): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    assert.equal(page.status, 200, page.description);
    found.push(...page.items.map(({ deviceId }) => deviceId));
    cursor = page.nextCursor;
    await onPage();
  } while (cursor !== undefined);
  return found;
}

const byPrefix = (cursor: string | undefined) =>
  find({ serialPrefix: 'PG-', limit: 2, ...(cursor !== undefined && { cursor }) });

const serial = (batch: string, number: number) => ({ serialNumber: `PG-${batch}-${number}`, ...names });

test('pages of what was found, and of all devices of a customer, hold each device once while devices go', async () => {
  const customerId = newCustomerId();
  const a = await register(
    customerId,
    'A',
    [0, 1, 2].map((number) => serial('A', number)),
  );
  const b = await register(
    customerId,
    'B',
    [0, 1, 2, 3].map((number) => serial('B', number)),
  );
  assert.deepEqual(await readAll(byPrefix), [...a, ...b]);
  const list = (filter: string) => (cursor: string | undefined) =>
    call(
      'GET',
      `/customers/${customerId}/devices?limit=2${filter}${cursor === undefined ? '' : `&cursor=${cursor}`}`,
      {},
    );
  assert.deepEqual(await readAll(list('')), [...a, ...b]);
  assert.deepEqual(await readAll(list('&batchId=b')), b);
  assert.deepEqual(await readAll(list('&since=2999-01-01')), []);
  assert.deepEqual(await readAll(list(`&policyId=${customerId}`)), []);
  let gone = 0;
  const removeRead = async () => {
    const deviceId = a[gone];
    gone += 1;
    if (deviceId === undefined) return;
    const path = `/v1/customers/${customerId}/deviceBatches/A/devices/${deviceId}`;
    assert.equal((await muster.call('DELETE', path)).status, 204);
  };
  assert.deepEqual(await readAll(list(''), removeRead), [...a, ...b]);
});

test('devices of another partner are never found, and cursors of another partner or list are refused', async () => {
  const customerId = newCustomerId();
  const [own = ''] = await register(customerId, 'Own', [{ serialNumber: 'TEN-1', ...names }]);
  const theirs = newCustomerId();
  const hardwareHash = encodeHardwareHash({
    serialNumber: 'TEN-2',
    manufacturer: 'Contoso',
    model: 'Book 3',
  });
  const [foreign = '', key = ''] = await register(
    theirs,
    'Theirs',
    [{ hardwareHash }, { productKey: 'TEN-KEY' }],
    strangerToken,
  );
  for (const body of [
    { serialNumber: 'TEN-2' },
    { productKey: 'TEN-KEY' },
    { deviceId: foreign },
    { hardwareHash },
  ]) {
    assert.deepEqual(await findIds(body), [], JSON.stringify(body));
    assert.equal((await findIds(body, strangerToken)).length, 1);
  }
  assert.deepEqual(await findIds({ serialPrefix: 'TEN' }), [own]);
  for (const id of [foreign, key, 'no-guid', '00000000-0000-4000-8000-000000000001'])
    assert.equal((await call('GET', `/devices/${id}`, {})).status, 404);
  assert.equal((await call('GET', `/customers/${theirs}/devices`, {})).status, 403);
  await register(customerId, 'More', [{ serialNumber: 'TEN-3', ...names }]);
  const { nextCursor: cursor } = await find({ serialPrefix: 'TEN', limit: 1 });
  assert.equal((await find({ serialPrefix: 'TEN', cursor }, strangerToken)).status, 400);
  assert.equal((await find({ serialNumber: 'TEN-1', cursor })).status, 400);
  assert.equal((await call('GET', `/customers/${customerId}/devices?cursor=${cursor}`, {})).status, 400);
});

/** An event without what differs from run to run. */
function withoutTimes(event: DeviceEvent): Partial<DeviceEvent> {
  const varying = new Set(['at', 'by', 'customerName']);
  return Object.fromEntries(Object.entries(event).filter(([name]) => !varying.has(name)));
}

test('a device tells who registered it, uploaded it again, changed its policy and removed it, and keeps that when it is gone', async () => {
  const customerId = newCustomerId();
  const device = { serialNumber: 'HIS-1', ...names };
  const [deviceId = ''] = await register(customerId, 'May', [device]);
  const customer = `/v1/customers/${customerId}`;
  const policy = await muster.call('POST', `${customer}/policies`, { body: { name: 'Kiosk' } });
  const { id: policyId } = (await policy.json()) as { id: string };
  const again = await muster.call('POST', `${customer}/deviceBatches`, {
    body: { batchId: 'June', devices: [device] },
  });
  const refused = await muster.finished(again.headers.get('location') ?? '');
  const put = async (value: string | null) => {
    const body = { id: deviceId, policies: [{ key: 'o_o_b_e', value }] };
    const path = `${customer}/deviceBatches/May/devices/${deviceId}`;
    assert.equal((await muster.call('PUT', path, { body })).status, 200);
  };
  await put(policyId);
  // The policy it has already is no change.
  await put(policyId);
  const patch = await muster.call('PATCH', `${customer}/DevicePolicyUpdates`, {
    body: { devices: [{ id: deviceId, policies: [{ key: 'o_o_b_e', value: null }] }] },
  });
  const update = await muster.finished(patch.headers.get('location') ?? '');
  // Another partner's upload of the same machine is its own affair.
  await muster.call('POST', `/v1/customers/${newCustomerId()}/deviceBatches`, {
    body: { batchId: 'Theirs', devices: [device] },
    token: strangerToken,
  });
  assert.equal(
    (await muster.call('DELETE', `${customer}/deviceBatches/May/devices/${deviceId}`)).status,
    204,
  );
  const events: DeviceEvent[] = [];
  let cursor = '';
  do {
    const response = await muster.call('GET', `/muster/v1/devices/${deviceId}/history?limit=2${cursor}`);
    assert.equal(response.status, 200);
    const page = (await response.json()) as { items: DeviceEvent[]; nextCursor?: string };
    events.push(...page.items);
    cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`;
  } while (cursor !== '');
  const [registered] = events;
  assert.ok(registered?.trackingId);
  assert.ok(events.every(({ at, by }) => !Number.isNaN(Date.parse(at)) && by !== undefined));
  assert.deepEqual(events.map(withoutTimes), [
    {
      kind: 'registered',
      customerId,
      trackingId: registered.trackingId,
      batchId: 'May',
      outcome: 'succeeded',
    },
    {
      kind: 'upload_refused',
      customerId,
      trackingId: refused.batchTrackingId,
      batchId: 'June',
      outcome: 'ZtdDeviceAlreadyAssigned',
      errorCode: '806',
    },
    { kind: 'policy_changed', customerId, policyId, policyName: 'Kiosk' },
    { kind: 'policy_changed', customerId, trackingId: update.batchTrackingId },
    { kind: 'removed', customerId },
  ]);
  assert.deepEqual(await findIds({ serialNumber: 'HIS-1' }), []);
  const { items } = await find({ serialNumber: 'HIS-1', includeRemoved: true });
  assert.deepEqual([items[0]?.deviceId, items[0]?.batchId], [deviceId, 'May']);
  assert.ok(items[0]?.removedAt !== undefined);
  for (const path of [`/devices/${deviceId}/history`, `/devices/${deviceId}`])
    assert.equal((await call('GET', path, { token: strangerToken })).status, 404);
  const [anew = ''] = await register(customerId, 'July', [device]);
  assert.deepEqual(await findIds({ serialPrefix: 'HIS-', includeRemoved: true }), [deviceId, anew]);
  assert.equal((await call('GET', '/devices/x/history', {})).status, 404);
});

test('bad input is named', async () => {
  for (const [body, what] of [
    [{}, /exactly one of serialNumber/],
    [{ serialNumber: 'a', productKey: 'b' }, /exactly one of serialNumber/],
    [{ serial: 'a' }, /^serial is not/],
    [{ serialNumber: '' }, /^serialNumber must not be empty/],
    [{ serialNumber: 'x'.repeat(257) }, /^serialNumber is longer than 256/],
    [{ serialNumber: 'a\0' }, /^serialNumber contains control characters/],
    [{ serialNumber: 5 }, /^serialNumber must be text/],
    [{ serialPrefix: 'ab' }, /^serialPrefix must have at least 3 characters/],
    [{ deviceId: 'x' }, /^deviceId must be a GUID/],
    [{ hardwareHash: 'bm90IGEgaGFzaA==' }, /^hardwareHash is damaged/],
    [{ serialNumber: 'a', limit: 0 }, /^limit must be at least 1/],
    [{ serialNumber: 'a', cursor: 'x' }, /^cursor is not/],
  ] as const) {
    const { status, description = '' } = await find(body);
    assert.equal(status, 400, JSON.stringify(body));
    assert.match(description, what);
  }
});
