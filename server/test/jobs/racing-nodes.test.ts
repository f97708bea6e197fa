import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sql from 'sql-template-tag';
import { newCustomerId, requestToken, startTestMuster } from '../support/muster.ts';

// The second node goes first: the database is the first one's.
after(() => second.close());
const first = await startTestMuster({
  settings: { MUSTER_PUBLIC_URL: 'http://muster.test', MUSTER_JOBS_AT_ONCE: '4' },
});
const second = await startTestMuster({
  databaseUrl: first.databaseUrl,
  settings: { MUSTER_PUBLIC_URL: 'http://muster.test', MUSTER_JOBS_AT_ONCE: '4' },
});

function tuple(index: number): object {
  return { serialNumber: `RACE-${index}`, oemManufacturerName: 'Contoso', modelName: 'Racer' };
}

test('of uploads that race for the same devices on two nodes, exactly one gets each device', async () => {
  const token = await requestToken({ ...first.credentials, authority: first.url });
  const devices = Array.from({ length: 300 }, (_, index) => tuple(index));
  const customers = [newCustomerId(), newCustomerId(), newCustomerId(), newCustomerId()];
  const locations = await Promise.all(
    customers.map(async (customer, index) => {
      const node = index % 2 === 0 ? first : second;
      // Each in another order, so that rows meet in every way.
      const body = { batchId: 'race', devices: index < 2 ? devices : devices.toReversed() };
      const response = await node.call('POST', `/v1/customers/${customer}/deviceBatches`, { body, token });
      assert.equal(response.status, 202);
      return response.headers.get('location') ?? '';
    }),
  );
  const jobs = await Promise.all(locations.map((location) => first.finished(location)));

  const winners = new Map<unknown, number>();
  for (const job of jobs) {
    assert.equal(job.status, 'finished');
    for (const device of job.devicesStatus) {
      if (device.status === 'finished')
        winners.set(device.serialNumber, (winners.get(device.serialNumber) ?? 0) + 1);
      else assert.equal(device.errorCode, '808');
    }
  }
  assert.equal(winners.size, 300);
  assert.deepEqual([...new Set(winners.values())], [1]);
  const [counted] = await first.database.query<{ devices: number; keys: number; batches: number }>(sql`
    select (select count(*)::int from devices) as devices, (select count(*)::int from device_keys) as keys,
      (select sum(devices_count)::int from device_batches) as batches`);
  assert.deepEqual(counted, { devices: 300, keys: 300, batches: 300 });
});
