import assert from 'node:assert/strict';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { newCustomerId, startTestMuster } from '../support/muster.ts';

const muster = await startTestMuster();

interface Policy {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly policySettings: string[];
  readonly devicesAssignedCount: number;
  readonly devicesAssigned: number;
  readonly createdDate: string;
  readonly lastModifiedDate: string;
  readonly attributes: { readonly etag: string };
}

let devices = 0;
function newDevice(policy?: string): object {
  devices += 1;
  return {
    serialNumber: `POLICY-${devices}`,
    oemManufacturerName: 'Contoso',
    modelName: 'Book 3',
    ...(policy !== undefined && { policies: [{ key: 'o_o_b_e', value: policy }] }),
  };
}

async function upload(
  customer: string,
  batchId: string,
  list: readonly object[],
): Promise<readonly Record<string, unknown>[]> {
  const response = await muster.call('POST', `/v1/customers/${customer}/deviceBatches`, {
    body: { batchId, devices: list },
  });
  assert.equal(response.status, 202);
  return (await muster.finished(response.headers.get('location') ?? '')).devicesStatus;
}

async function createPolicy(customer: string, body: object = {}): Promise<Policy> {
  const response = await muster.call('POST', `/v1/customers/${customer}/policies`, {
    body: { name: 'Kiosk', policySettings: ['skip_eula'], ...body },
  });
  assert.equal(response.status, 200);
  return (await response.json()) as Policy;
}

async function getPolicy(customer: string, id: string): Promise<Policy> {
  const response = await muster.call('GET', `/v1/customers/${customer}/policies/${id}`);
  assert.equal(response.status, 200);
  return (await response.json()) as Policy;
}

async function updatePolicy(
  customer: string,
  id: string,
  options: { body: object; headers?: Record<string, string> },
): Promise<Response> {
  return muster.call('PUT', `/v1/customers/${customer}/policies/${id}`, options);
}

async function assign(
  customer: string,
  list: readonly object[],
): Promise<readonly Record<string, unknown>[]> {
  const response = await muster.call('PATCH', `/v1/customers/${customer}/DevicePolicyUpdates`, {
    body: { devices: list },
  });
  assert.equal(response.status, 202);
  return (await muster.finished(response.headers.get('location') ?? '')).devicesStatus;
}

/** A device's list of policies: this one, or none. */
function give(value?: string): object[] {
  return [{ key: 'o_o_b_e', ...(value !== undefined && { value }) }];
}

test('a change keeps what it does not say, and an empty description takes the description away', async () => {
  const customer = newCustomerId();
  const made = await createPolicy(customer, { description: 'For the lobby' });
  const renamed = (await (
    await updatePolicy(customer, made.id, { body: { name: ' Lobby ' } })
  ).json()) as Policy;
  assert.partialDeepStrictEqual(renamed, {
    id: made.id,
    name: 'Lobby',
    description: 'For the lobby',
    policySettings: ['skip_eula'],
    createdDate: made.createdDate,
  });
  assert.ok(renamed.lastModifiedDate >= made.lastModifiedDate);
  const body = { description: '', policySettings: [] };
  const bare = (await (await updatePolicy(customer, made.id, { body })).json()) as Policy;
  assert.equal('description' in bare, false);
  assert.deepEqual(bare.policySettings, []);
  assert.deepEqual(await getPolicy(customer, made.id), bare);
});

test('of two changes made of one reading, the second is refused as stale, and any tag of now is good', async () => {
  const customer = newCustomerId();
  const { id, attributes } = await createPolicy(customer);
  const headers = { 'If-Match': `"${attributes.etag}"` };
  const answers = await Promise.all(
    ['one', 'two'].map((name) => updatePolicy(customer, id, { body: { name }, headers })),
  );
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 400]);
  const refused = answers.find((answer) => answer.status === 400);
  assert.match((await refused?.text()) ?? '', /"code":"2055"/);
  const now = (await getPolicy(customer, id)).attributes.etag;
  for (const tag of [now, '*'])
    assert.equal((await updatePolicy(customer, id, { body: {}, headers: { 'If-Match': tag } })).status, 200);
  const path = `/v1/customers/${customer}/policies/${id}`;
  assert.equal((await muster.call('DELETE', path, { headers })).status, 400);
  assert.equal((await muster.call('DELETE', path)).status, 204);
});

test('two policies may have one name: ids tell them apart', async () => {
  const customer = newCustomerId();
  const [one, two] = [await createPolicy(customer), await createPolicy(customer)];
  assert.notEqual(one.id, two.id);
});

test('the count of devices is true after upload, assignment, another assignment, removal and deletion', async () => {
  const customer = newCustomerId();
  const [first, second] = [await createPolicy(customer), await createPolicy(customer, { name: 'Lab' })];
  const counts = async (): Promise<number[]> => {
    const list = await muster.call('GET', `/v1/customers/${customer}/policies`);
    const { items } = (await list.json()) as { items: Policy[] };
    for (const item of items) assert.equal(item.devicesAssigned, item.devicesAssignedCount);
    return [first, second].map(({ id }) => items.find((item) => item.id === id)?.devicesAssignedCount ?? -1);
  };
  const rows = await upload(customer, 'counted', [newDevice(first.id), newDevice(first.id), newDevice()]);
  const ids = rows.map((row) => String(row.deviceId));
  assert.deepEqual(await counts(), [2, 0]);
  await assign(customer, [
    { id: ids[0], policies: give(second.id) },
    { id: ids[2], policies: give(second.id) },
  ]);
  assert.deepEqual(await counts(), [1, 2]);
  await assign(customer, [{ id: ids[2], policies: give() }]);
  assert.deepEqual(await counts(), [1, 1]);
  const path = `/v1/customers/${customer}/deviceBatches/counted/devices/${ids[0]}`;
  assert.equal((await muster.call('DELETE', path)).status, 204);
  assert.deepEqual(await counts(), [1, 0]);
});

test('a policy in use is kept and says how many devices have it; freed, it can be deleted', async () => {
  const customer = newCustomerId();
  const { id } = await createPolicy(customer);
  const rows = await upload(customer, 'in use', [newDevice(id), newDevice(id)]);
  const path = `/v1/customers/${customer}/policies/${id}`;
  const refused = await muster.call('DELETE', path);
  assert.equal(refused.status, 409);
  assert.match(((await refused.json()) as { description: string }).description, /devices: 2\)/);
  await assign(
    customer,
    rows.map((row) => ({ id: row.deviceId, policies: [] })),
  );
  assert.equal((await muster.call('DELETE', path)).status, 204);
  assert.equal((await muster.call('GET', path)).status, 404);
});

test('of a deletion and an assignment that race, no device is left with a policy that is gone', async () => {
  const customer = newCustomerId();
  const rows = await upload(customer, 'race', [newDevice(), newDevice()]);
  for (let round = 0; round < 10; round += 1) {
    const { id } = await createPolicy(customer);
    const list = rows.map((row) => ({ id: row.deviceId, policies: [{ value: id }] }));
    const [outcomes, deletion] = await Promise.all([
      assign(customer, list),
      muster.call('DELETE', `/v1/customers/${customer}/policies/${id}`),
    ]);
    const isDeleted = deletion.status === 204;
    assert.ok(isDeleted || deletion.status === 409);
    for (const outcome of outcomes) assert.equal(outcome.errorCode, isDeleted ? '809' : undefined);
    const [held] = await muster.database.query<{ devices: number }>(sql`
      select count(*)::int as devices from devices where policy_id = ${id}`);
    assert.equal(held?.devices, isDeleted ? 0 : 2);
  }
});
