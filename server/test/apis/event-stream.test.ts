import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { insertTestPartner, issueTestToken } from '../conformance/tokens.ts';
import { newCustomerId, startTestMuster } from '../support/muster.ts';

// A second stream of the partner finds no place.
const muster = await startTestMuster({ settings: { MUSTER_WAITING_REQUESTS_PER_PARTNER: '1' } });
const path = '/muster/v1/events';

interface Block {
  readonly id?: string;
  readonly data?: { readonly type: string; readonly data: Record<string, unknown> };
}

interface Stream {
  readonly next: () => Promise<Block | undefined>;
  readonly close: () => void;
}

/** Opens a stream, as soon as there is a place for it; its first block, which says where it begins, is read. */
async function open(lastEventId?: string, query = ''): Promise<Stream & { readonly begin: string }> {
  const stop = new AbortController();
  const headers = {
    authorization: `Bearer ${await muster.token()}`,
    accept: 'text/event-stream',
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  };
  let response: Response;
  do response = await fetch(muster.url + path + query, { headers, signal: stop.signal });
  while (response.status === 503);
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
  const blocks = readBlocks(response);
  const next = async () => (await blocks.next()).value;
  const stream = { next, close: () => stop.abort() };
  return { ...stream, begin: lastEventId ?? (await next())?.id ?? '' };
}

async function* readBlocks(response: Response): AsyncGenerator<Block, undefined> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    const blocks = `${rest}${decoder.decode(chunk as Uint8Array, { stream: true })}`.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const id = /^id: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (id === undefined && data === undefined) continue;
      yield {
        ...(id !== undefined && { id }),
        ...(data !== undefined && { data: JSON.parse(data) as NonNullable<Block['data']> }),
      };
    }
  }
  return undefined;
}

/** The next event, and the id from where a stream goes on that is opened after it. */
async function nextEvent({ next }: Stream) {
  for (;;) {
    const block = await next();
    assert.ok(block, 'the stream has ended');
    if (block.data) return { ...block.data, id: block.id };
  }
}

async function upload(customer = newCustomerId()): Promise<string> {
  const devices = [{ serialNumber: randomUUID(), oemManufacturerName: 'Contoso', modelName: 'Live' }];
  const response = await muster.call('POST', `/v1/customers/${customer}/deviceBatches`, {
    body: { batchId: 'live', devices },
  });
  return response.headers.get('location')?.split('/').at(-1) ?? '';
}

test('a stream tells what happens, and goes on where it broke off: nothing is missed', async () => {
  const stream = await open();
  const first = await upload();
  const event = await nextEvent(stream);
  assert.deepEqual([event.type, event.data.trackingId], ['batch_job.finished', first]);
  stream.close();
  const missed = await upload();
  const again = await open(stream.begin);
  // From the beginning on, the first one comes again.
  const seen = [await nextEvent(again), await nextEvent(again)].map(({ data }) => data.trackingId);
  assert.deepEqual(seen.toSorted(), [first, missed].toSorted());
  const live = await upload();
  assert.equal((await nextEvent(again)).data.trackingId, live);
  again.close();
  const listed = (await (await muster.call('GET', `${path}?limit=2`)).json()) as { items: Block['data'][] };
  assert.deepEqual(
    listed.items.map((item) => item?.data.trackingId),
    [live, missed],
  );
});

test('an event whose transaction began earlier and ended later than others is not missed', async () => {
  const stream = await open();
  const insert = (type: string) => `insert into events (partner_id, event_type, occurred_at, data)
    values ('${muster.credentials.tenantId}', '${type}', now(), '{}')`;
  const client = await muster.database.pool.connect();
  await client.query(`begin; ${insert('device.removed')}`);
  await muster.database.pool.query(`${insert('ping')}; select pg_notify('muster_event', '')`);
  await muster.database.pool.query(`notify muster_event, '${muster.credentials.tenantId}'`);
  const { type, id } = await nextEvent(stream);
  assert.equal(type, 'ping');
  stream.close();
  await client.query('commit');
  client.release();
  const again = await open(id);
  // Events may be repeated: how many depends on what else is open on this PostgreSQL, in other databases, too.
  while ((await nextEvent(again)).type !== 'device.removed');
  again.close();
});

test('a filter holds, another partner hears nothing, and what cannot be followed is refused', async () => {
  const customer = newCustomerId();
  const stream = await open(undefined, `?customerId=${customer}&type=batch_job.finished`);
  const refused = await muster.call('GET', path, { headers: { accept: 'text/event-stream' } });
  assert.equal(refused.status, 503);
  await upload();
  const wanted = await upload(customer);
  assert.equal((await nextEvent(stream)).data.trackingId, wanted);
  stream.close();
  const token = await issueTestToken(muster, { partnerId: await insertTestPartner(muster) });
  assert.deepEqual(await (await muster.call('GET', path, { token })).json(), { items: [] });
  for (const [query, id, fault] of [
    ['', 'yesterday', /Last-Event-ID is not/],
    ['?type=batch_job.started', '1', /type must be one of/],
    ['?customerId=x', '1', /customerId/],
    ['?customer=x', '1', /customer is not a known/],
  ] as const) {
    const headers = { accept: 'text/event-stream', 'last-event-id': id };
    const response = await muster.call('GET', path + query, { headers });
    assert.equal(response.status, 400);
    assert.match(await response.text(), fault);
  }
});

test('a node that stops ends its streams', async () => {
  const stream = await open();
  await muster.close();
  assert.equal(await stream.next(), undefined);
});
