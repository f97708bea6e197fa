import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { test } from 'node:test';
import { encodeHardwareHash } from '@muster/contract/testing/encode-hardware-hash';
import sql from 'sql-template-tag';
import { newCustomerId, startTestMuster, type TestMuster } from '../support/muster.ts';

const muster = await startTestMuster({ settings: { MUSTER_UPLOAD_THREADS: '2' } });

/** Devices with hashes of 4,000 characters each. */
function devices(count: number, customer: string): { serialNumber: string; hardwareHash: string }[] {
  return Array.from({ length: count }, (_, index) => {
    const serialNumber = `${customer}-${index}`;
    const facts = { serialNumber, manufacturer: 'Contoso', model: 'Book 3' };
    return { serialNumber, hardwareHash: encodeHardwareHash(facts) };
  });
}

async function storedHashes(customer: string): Promise<Map<string, string>> {
  const rows = await muster.database.query<{ serial_number: string; hash: Buffer }>(sql`
    select serial_number, hardware_hash as hash from devices join hardware_hashes using (device_id)
    where customer_id = ${customer} order by device_id`);
  return new Map(rows.map((row) => [row.serial_number, row.hash.toString('base64')]));
}

for (const encoding of ['with its length', 'in chunks']) {
  test(`a large upload sent ${encoding} is registered, every device in order with its own hash`, async () => {
    const customer = newCustomerId();
    const sent = devices(60, customer);
    const body = JSON.stringify({ batchId: 'large', devices: sent });
    const { outgoing, answer } = await open(
      muster,
      customer,
      encoding === 'in chunks' ? undefined : body.length,
    );
    for (let at = 0; at < body.length; at += 50_000) outgoing.write(body.slice(at, at + 50_000));
    outgoing.end();
    const response = await answer;
    assert.equal(response.statusCode, 202);
    const job = await muster.finished(response.headers.location ?? '');
    assert.equal(job.progress.succeeded, 60);
    assert.deepEqual(
      [...(await storedHashes(customer))],
      sent.map((device) => [device.serialNumber, device.hardwareHash]),
    );
  });
}

test('a large upload repeated with its MS-RequestId gets the first answer', async () => {
  const customer = newCustomerId();
  const call = {
    body: { batchId: 'large', devices: devices(60, customer) },
    headers: { 'MS-RequestId': randomUUID() },
  };
  const path = `/v1/customers/${customer}/deviceBatches`;
  const [first, second] = await Promise.all([
    muster.call('POST', path, call),
    muster.call('POST', path, call),
  ]);
  assert.equal(first.status, 202);
  assert.equal(second.status, 202);
  assert.equal(first.headers.get('location'), second.headers.get('location'));
});

test('hostile JSON costs its sender a 400, and the next upload is taken', async () => {
  const customer = newCustomerId();
  const path = `/v1/customers/${customer}/deviceBatches`;
  const bodies = [
    '['.repeat(4_000_000),
    `{"batchId":"x","devices":[${'{},'.repeat(1_300_000)}{}]}`,
    `{"batchId":"x","devices":[${'"a",'.repeat(1_000_000)}{}]}`,
    `{"batchId":"x","devices":[{"serialNumber":"${'\\"'.repeat(2_000_000)}"}]}`,
    `{"batchId":"x","devices":[{"serialNumber":"${'A'.repeat(4_000_000)}"}]}`,
  ];
  for (const body of bodies) {
    const response = await muster.call('POST', path, { body });
    assert.equal(response.status, 400);
    assert.equal(((await response.json()) as { source: string }).source, 'Muster');
  }
  const response = await muster.call('POST', path, {
    body: { batchId: 'x', devices: devices(60, customer) },
  });
  assert.equal(response.status, 202);
});

test('a service that stops in the middle of a large body answers it and ends', async () => {
  const stopping = await startTestMuster();
  const customer = newCustomerId();
  const body = JSON.stringify({ batchId: 'large', devices: devices(60, customer) });
  const { outgoing, answer } = await open(stopping, customer, body.length);
  outgoing.write(body.slice(0, 100_000));
  const closed = stopping.close();
  outgoing.end(body.slice(100_000));
  assert.equal((await answer).statusCode, 202);
  await closed;
});

/** A request for an upload whose head has arrived: Node's server says so with "100 Continue". */
async function open(
  service: TestMuster,
  customer: string,
  length: number | undefined,
): Promise<{ outgoing: ClientRequest; answer: Promise<IncomingMessage> }> {
  const outgoing = request(`${service.url}/v1/customers/${customer}/deviceBatches`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await service.token()}`,
      Expect: '100-continue',
      ...(length !== undefined && { 'Content-Length': length }),
    },
  });
  const answer = once(outgoing, 'response').then(([response]) => (response as IncomingMessage).resume());
  outgoing.flushHeaders();
  await once(outgoing, 'continue');
  return { outgoing, answer };
}
