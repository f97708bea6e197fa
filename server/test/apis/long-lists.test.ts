import assert from 'node:assert/strict';
import { get } from 'node:http';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { newCustomerId, startTestMuster } from '../support/muster.ts';

const muster = await startTestMuster();

/** As the response is rendered at once: what it was before it was written in parts. */
function expected(customer: string, rows: readonly Row[]): string {
  return JSON.stringify({
    totalCount: rows.length,
    items: rows.map((row) => ({
      id: row.batch_id,
      createdBy: row.created_by,
      creationDate: row.created_at.toISOString(),
      status: 'finished',
      devicesCount: 0,
      deviceCount: 0,
      devicesLink: {
        uri: `/customers/${customer}/deviceBatches/${encodeURIComponent(row.batch_id)}/devices`,
        method: 'GET',
        headers: [],
      },
      attributes: { objectType: 'DeviceBatch' },
    })),
    links: { self: { uri: `/customers/${customer}/deviceBatches`, method: 'GET', headers: [] } },
    attributes: { objectType: 'Collection' },
  });
}

interface Row {
  readonly batch_id: string;
  readonly created_by: string;
  readonly created_at: Date;
}

async function addBatches(customer: string, count: number): Promise<Row[]> {
  await muster.call('GET', `/v1/customers/${customer}/deviceBatches`);
  return muster.database.query<Row>(sql`
    insert into device_batches (customer_id, batch_id, batch_id_folded, created_by, created_at)
    select ${customer}, 'Größe ' || n, lower('Größe ' || n), 'test', now()
    from generate_series(1, ${count}::int) as n
    returning batch_id, created_by, created_at`);
}

for (const count of [0, 1, 250, 251, 1100])
  test(`a list of ${count} batches is one JSON text, in order, whether written at once or in parts`, async () => {
    const customer = newCustomerId();
    const rows = await addBatches(customer, count);
    const response = await muster.call('GET', `/v1/customers/${customer}/deviceBatches`);
    assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8');
    assert.equal(await response.text(), expected(customer, rows));
  });

test('a reader that stops reading holds up no other reader of the same partner', async () => {
  const customer = newCustomerId();
  const rows = await addBatches(customer, 20_000);
  const token = await muster.token();
  const path = `${muster.url}/v1/customers/${customer}/deviceBatches`;
  const request = get(path, { headers: { authorization: `Bearer ${token}` } });
  const stuck = await new Promise<NodeJS.ReadableStream>((resolve) => request.once('response', resolve));
  stuck.pause();
  const response = await muster.call('GET', `/v1/customers/${customer}/deviceBatches`);
  assert.equal(((await response.json()) as { items: unknown[] }).items.length, rows.length);
  request.destroy();
});
