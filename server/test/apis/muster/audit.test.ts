import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { refusalsPerMinute } from '../../../src/apis/audit-refusals.ts';
import { keepAuditPartitions } from '../../../src/store/audit-records.ts';
import { insertTestPartner, issueTestToken } from '../../conformance/tokens.ts';
import { startAdministeredMuster } from '../../support/administrator.ts';
import { newCustomerId, startTestMuster } from '../../support/muster.ts';

const muster = await startAdministeredMuster();

interface AuditRecord {
  readonly operation: string;
  readonly result: string;
  readonly actor: string;
  readonly customerId?: string;
  readonly correlationId: string;
  readonly bodySha256?: string;
  readonly details: readonly { key: string; value: string }[];
}

interface AuditPage {
  readonly items: readonly AuditRecord[];
  readonly nextCursor?: string;
}

async function list(query: Record<string, string>, token?: string): Promise<AuditPage> {
  const path = `/muster/v1/auditRecords?${new URLSearchParams(query).toString()}`;
  const response = await muster.call('GET', path, token === undefined ? {} : { token });
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()) as AuditPage;
}

function detail({ details }: AuditRecord, name: string): string | undefined {
  return details.find(({ key }) => key === name)?.value;
}

const device = { serialNumber: 'A-1', oemManufacturerName: 'Contoso', modelName: 'Audited' };

test('every change of a customer is recorded once, with who, what, and the digest of the body', async () => {
  const customerId = newCustomerId();
  const path = `/v1/customers/${customerId}`;
  const correlationId = '5a0c7c8e-3f7b-4b0f-8a3f-0d5c1f2e3a44';
  const headers = { 'MS-CorrelationId': correlationId };
  const upload = JSON.stringify({ batchId: 'May', devices: [device] });
  const accepted = await muster.call('POST', `${path}/deviceBatches`, { body: upload, headers });
  assert.equal(accepted.status, 202);
  const location = accepted.headers.get('location') ?? '';
  const { devicesStatus } = await muster.finished(location);
  const deviceId = String(devicesStatus[0]?.deviceId);
  const more = { ...device, serialNumber: 'A-2' };
  await muster.call('POST', `${path}/deviceBatches/May/devices`, { body: [more], headers });
  const created = await muster.call('POST', `${path}/policies`, { body: { name: 'Standard' }, headers });
  assert.equal(created.status, 200, await created.clone().text());
  const { id: policyId } = (await created.json()) as { id: string };
  const change = { id: policyId, name: 'Other', policySettings: [] };
  await muster.call('PUT', `${path}/policies/${policyId}`, { body: change, headers });
  const assigned = { devices: [{ id: deviceId, policies: [{ key: 'o_o_b_e', value: policyId }] }] };
  await muster.call('PATCH', `${path}/DevicePolicyUpdates`, { body: assigned, headers });
  const gone = await muster.call('DELETE', `${path}/deviceBatches/May/devices/${deviceId}`, { headers });
  assert.equal(gone.status, 204);
  assert.equal(await gone.text(), '');

  const { items } = await list({ customerId });
  assert.deepEqual(
    items.map(({ operation }) => operation),
    [
      'deleteDevice',
      'updateDevicePolicies',
      'updatePolicy',
      'createPolicy',
      'addDevices',
      'createDeviceBatch',
    ],
  );
  for (const record of items)
    assert.deepEqual([record.result, record.correlationId], ['succeeded', correlationId]);
  const [first] = items.slice(-1);
  assert.ok(first);
  assert.equal(first.bodySha256, createHash('sha256').update(upload).digest('hex'));
  assert.ok(location.endsWith(detail(first, 'batchTrackingId') ?? 'none'));
  assert.deepEqual([detail(first, 'batchId'), detail(first, 'devices')], ['May', '1']);
  assert.equal(detail(items[3] as AuditRecord, 'policyId'), policyId);
  assert.equal(detail(items[0] as AuditRecord, 'deviceId'), deviceId);
});

test('what changes nothing is not recorded: a refused call, a repeated one, a failing one', async () => {
  const customerId = newCustomerId();
  const path = `/v1/customers/${customerId}`;
  const body = { batchId: 'June', devices: [device] };
  const headers = { 'MS-RequestId': 'b5a5e0a2-55a0-4a2f-9d3a-0a63be7f0c11' };
  for (let time = 0; time < 2; time += 1)
    assert.equal((await muster.call('POST', `${path}/deviceBatches`, { body, headers })).status, 202);
  assert.equal((await muster.call('POST', `${path}/deviceBatches`, { body })).status, 409);
  const policy = { body: { name: 'Standard' }, headers };
  for (let time = 0; time < 2; time += 1)
    assert.equal((await muster.call('POST', `${path}/policies`, policy)).status, 200);
  const unknown = '00000000-0000-4000-8000-000000000001';
  assert.equal((await muster.call('DELETE', `${path}/policies/${unknown}`)).status, 404);
  assert.equal((await muster.call('DELETE', `${path}/deviceBatches/June/devices/${unknown}`)).status, 404);
  const { items } = await list({ customerId });
  assert.deepEqual(
    items.map(({ operation }) => operation),
    ['createPolicy', 'createDeviceBatch'],
  );
});

test('changes of an administrator are recorded for the partner, without what is shown once', async () => {
  const partnerId = await insertTestPartner(muster);
  const applications = `/partners/${partnerId}/applications`;
  const created = await muster.admin('POST', applications, {
    name: 'Nightly upload',
    roles: ['AdminAgents'],
  });
  assert.equal(created.status, 201, JSON.stringify(created.body));
  const { clientSecret } = created.body.secret as { clientSecret: string };
  assert.equal((await muster.admin('POST', `/partners/${partnerId}/users`, { roles: [] })).status, 400);
  const token = await issueTestToken(muster, { partnerId });
  const { items } = await list({}, token);
  assert.deepEqual(
    items.map(({ operation }) => operation),
    ['createApplication'],
  );
  assert.ok(!JSON.stringify(items).includes(clientSecret));
});

test('records are those of one partner, filtered, and paged without a gap', async () => {
  const partnerId = await insertTestPartner(muster);
  const token = await issueTestToken(muster, { partnerId });
  const customers = [newCustomerId(), newCustomerId()];
  for (const customerId of customers)
    for (const name of ['One', 'Two'])
      await muster.call('POST', `/v1/customers/${customerId}/policies`, { body: { name }, token });
  const all = await list({}, token);
  assert.equal(all.items.length, 4);
  const paged: AuditRecord[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const page: AuditPage = await list({ limit: '1', ...(cursor && { cursor }) }, token);
    paged.push(...page.items);
    cursor = page.nextCursor;
  }
  assert.deepEqual(paged, all.items);
  const [actor = ''] = all.items.map((record) => record.actor);
  const count = async (query: Record<string, string>) => (await list(query, token)).items.length;
  assert.equal(await count({ customerId: customers[0] ?? '' }), 2);
  assert.equal(await count({ operation: 'createPolicy', actor }), 4);
  assert.equal(await count({ operation: 'deletePolicy' }), 0);
  assert.equal(await count({ actor: 'nobody' }), 0);
  assert.equal(await count({ since: '2999-01-01' }), 0);
  assert.equal(await count({ until: '2000-01-01' }), 0);
  const sales = await issueTestToken(muster, { partnerId, roles: ['SalesAgents'] });
  assert.equal((await muster.call('GET', '/muster/v1/auditRecords', { token: sales })).status, 403);
});

test('refusals are recorded, and a flood of them only up to a limit', async () => {
  const partnerId = await insertTestPartner(muster);
  const sales = await issueTestToken(muster, { partnerId, roles: ['SalesAgents'] });
  const path = `/v1/customers/${newCustomerId()}/policies`;
  for (let sent = 0; sent < refusalsPerMinute + 20; sent += 1)
    assert.equal((await muster.call('POST', path, { body: { name: 'x' }, token: sales })).status, 403);
  const token = await issueTestToken(muster, { partnerId });
  let items: AuditPage['items'] = [];
  while (items.length < refusalsPerMinute) {
    items = (await list({ limit: '1000' }, token)).items;
    await delay(10);
  }
  // How many fit into a minute more, should the minute end meanwhile.
  assert.ok(items.length <= 2 * refusalsPerMinute);
  assert.ok(items.every(({ operation, result }) => operation === 'createPolicy' && result === 'refused'));
});

test('records can be neither changed nor removed, by whatever statement', async () => {
  const [partition] = await muster.database.query<{ name: string }>(sql`
    select tableoid::regclass::text as name from audit_records limit 1`);
  for (const table of ['audit_records', partition?.name ?? ''])
    for (const statement of [
      `update ${table} set actor = 'nobody'`,
      `delete from ${table}`,
      `truncate ${table}`,
    ])
      await assert.rejects(muster.database.pool.query(statement), { code: '42501' });
});

test('a service whose role owns nothing works as the operations guide sets it up, and cannot remove the protection', async () => {
  const role = `muster_service_${randomUUID().replaceAll('-', '')}`;
  const guide = await readFile(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
  const [, setUp = ''] = /```sql\n(create role muster_service [^`]*)```/.exec(guide) ?? [];
  await muster.database.pool.query(setUp.replaceAll('muster_service', role).replace("'...'", "'secret'"));
  const url = new URL(muster.databaseUrl);
  [url.username, url.password] = [role, 'secret'];
  const node = await startTestMuster({
    databaseUrl: url.href,
    settings: { MUSTER_PUBLIC_URL: muster.url },
  });
  const customerId = newCustomerId();
  const response = await node.call('POST', `/v1/customers/${customerId}/deviceBatches`, {
    body: { batchId: 'May', devices: [device] },
    token: await muster.token(),
  });
  assert.equal(response.status, 202, await response.text());
  await muster.finished(response.headers.get('location') ?? '');
  assert.equal((await list({ customerId })).items.length, 1);
  for (const statement of [
    'alter table audit_records disable trigger all',
    'delete from audit_records',
    'drop table audit_records_other',
  ])
    await assert.rejects(node.database.pool.query(statement), { code: '42501' });
  await node.close();
  await muster.database.pool.query(`drop owned by ${role}; drop role ${role}`);
});

test('records are kept a month at a time, and dropped when the month is too old', async () => {
  await muster.database.pool.query(
    `create table audit_records_2001_01 partition of audit_records for values from ('2001-01-01') to ('2001-02-01')`,
  );
  const partitions = async (): Promise<number> => {
    const rows = await muster.database.query<{ count: number }>(sql`
      select count(*)::int as count from pg_inherits where inhparent = 'audit_records'::regclass`);
    return rows[0]?.count ?? 0;
  };
  // The default one, this month and twelve more, and the one that was just made.
  assert.equal(await partitions(), 15);
  await keepAuditPartitions(muster.database, 400);
  assert.equal(await partitions(), 14);
});
