import assert from 'node:assert/strict';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { startTestMuster } from '../support/muster.ts';
import { readFault } from './faults.ts';
import { insertTestPartner, issueTestToken } from './tokens.ts';
import { pathOf, send } from './wire-request.ts';
import { newDevice, newWorld, type World } from './world.ts';

const muster = await startTestMuster();

interface Page {
  readonly totalCount: number;
  readonly items: { readonly id: string; readonly serialNumber?: string }[];
  readonly links: Record<string, { uri: string; method: string; headers: { key: string; value: string }[] }>;
  readonly continuationToken?: string;
}

interface CustomerItem {
  readonly id: string;
  readonly companyProfile: { readonly companyName: string };
}

/** A world whose batch has this many devices in all. */
async function worldWithDevices(count: number): Promise<World> {
  const world = await newWorld(muster);
  const body = Array.from({ length: count - 1 }, newDevice);
  const response = await send(world, { method: 'POST', path: pathOf('addDevices', world), body });
  await muster.finished(response.headers.get('location') ?? '');
  return world;
}

async function readPage(world: World, token?: string, header = 'MS-ContinuationToken'): Promise<Page> {
  const headers = token === undefined ? {} : { [header]: token };
  const response = await send(world, { method: 'GET', path: pathOf('listDevices', world), headers });
  assert.equal(response.status, 200);
  return (await response.json()) as Page;
}

test('docs/wire.md 6: devices come a hundred a page, in the order submitted, and the pages together are the list', async () => {
  const world = await worldWithDevices(250);
  const pages: Page[] = [];
  let token: string | undefined;
  do {
    // Both names of the header are taken.
    const page = await readPage(
      world,
      token,
      pages.length % 2 ? 'ContinuationToken' : 'MS-ContinuationToken',
    );
    pages.push(page);
    token = page.continuationToken;
  } while (token !== undefined);
  assert.deepEqual(
    pages.map(({ items, totalCount }) => [items.length, totalCount]),
    [
      [100, 250],
      [100, 250],
      [50, 250],
    ],
  );
  const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
  assert.equal(new Set(ids).size, 250);
  assert.deepEqual(ids, ids.toSorted());
  assert.equal(pages.at(-1)?.links.next, undefined);
});

test('docs/wire.md 6: a full last page is the last page', async () => {
  const page = await readPage(await worldWithDevices(100));
  assert.equal(page.items.length, 100);
  assert.equal(page.continuationToken, undefined);
});

test('docs/wire.md 6: links.next leads to the next page with the headers it names', async () => {
  const world = await worldWithDevices(101);
  const { links, continuationToken } = await readPage(world);
  const next = links.next;
  assert.deepEqual(next?.headers, [{ key: 'MS-ContinuationToken', value: continuationToken }]);
  const headers = Object.fromEntries(next.headers.map(({ key, value }) => [key, value]));
  const response = await send(world, { method: next.method, path: `/v1/${next.uri}`, headers });
  assert.equal(((await response.json()) as Page).items.length, 1);
});

test('docs/wire.md 6: deleting while paging skips nothing', async () => {
  const world = await worldWithDevices(150);
  const first = await readPage(world);
  for (const { id } of first.items.slice(50)) {
    const path = pathOf('deleteDevice', world, { deviceId: id });
    assert.equal((await send(world, { method: 'DELETE', path })).status, 204);
  }
  const second = await readPage(world, first.continuationToken);
  assert.equal(second.items.length, 50);
  assert.equal(second.totalCount, 100);
});

test('docs/wire.md 6: a token is never the same twice, and is good for its own list alone', async () => {
  const world = await worldWithDevices(101);
  const other = await worldWithDevices(101);
  const [one, two] = [(await readPage(world)).continuationToken, (await readPage(world)).continuationToken];
  assert.notEqual(one, two);
  const stranger = (await readPage(other)).continuationToken ?? '';
  const bent = `${one?.slice(0, -1)}${one?.endsWith('A') ? 'B' : 'A'}`;
  for (const token of [stranger, bent, `${one}A`, 'x', '='.repeat(40)]) {
    const headers = { 'MS-ContinuationToken': token };
    const response = await send(world, { method: 'GET', path: pathOf('listDevices', world), headers });
    const fault = await readFault(response);
    assert.equal(fault.name, 'InvalidInput');
    assert.deepEqual(fault.data, ['MS-ContinuationToken']);
  }
});

test('docs/wire.md 6: batches are never paged', async () => {
  const world = await newWorld(muster);
  await muster.database.query(sql`
    insert into device_batches (customer_id, batch_id, batch_id_folded, created_by, created_at)
    select ${world.customerId}, 'Batch ' || n, 'batch ' || n, 'test', now() from generate_series(1, 1500) n`);
  const response = await send(world, { method: 'GET', path: pathOf('listDeviceBatches', world) });
  const { items, totalCount, continuationToken } = (await response.json()) as Page;
  assert.deepEqual([items.length, totalCount, continuationToken], [1501, 1501, undefined]);
});

test('docs/wire.md 6: customers go forward and back with seekOperation and the token of a page', async () => {
  const partnerId = await insertTestPartner(muster);
  const token = await issueTestToken(muster, { partnerId });
  await muster.database.query(sql`
    insert into customers (customer_id, partner_id, company_name, domain_name)
    select gen_random_uuid(), ${partnerId}, 'Company ' || lpad(n::text, 2, '0'), 'c' || n || '.example' from generate_series(1, 7) n`);
  const read = async (
    query: string,
    page?: string,
  ): Promise<{ page: Omit<Page, 'items'>; names: string }> => {
    const headers = page === undefined ? {} : { 'MS-ContinuationToken': page };
    const response = await muster.call('GET', `/v1/customers?${query}`, { headers, token });
    const body = (await response.json()) as Omit<Page, 'items'> & { items: CustomerItem[] };
    assert.equal(response.status, 200, JSON.stringify(body));
    assert.equal(body.totalCount, query.includes('filter') ? 1 : 7);
    return {
      page: body,
      names: body.items.map((item) => item.companyProfile.companyName.slice(-1)).join(''),
    };
  };
  const first = await read('size=3');
  assert.equal(first.names, '123');
  assert.equal(first.page.links.previous, undefined);
  const second = await read('size=3&seekOperation=Next', first.page.continuationToken);
  assert.equal(second.names, '456');
  const third = await read('seekOperation=next', second.page.continuationToken);
  assert.equal(third.names, '7');
  assert.equal(third.page.continuationToken, undefined);
  const previous = third.page.links.previous;
  assert.equal((await read(previous?.uri.split('?')[1] ?? '', previous?.headers[0]?.value)).names, '456');
  assert.equal((await read('seekOperation=First', second.page.continuationToken)).names, '123');
  assert.equal((await read('seekOperation=Last', second.page.continuationToken)).names, '567');
  assert.equal((await read('size=0')).names, '1234567');
  const filter = encodeURIComponent('{"Field":"CompanyName","Value":"company 03","Operator":"starts_with"}');
  for (const written of [filter, encodeURIComponent(filter)])
    assert.equal((await read(`size=3&filter=${written}`)).names, '3');
});
