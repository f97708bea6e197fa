import { randomInt, randomUUID } from 'node:crypto';
import { report, startSharedPostgres, times, withClient, type Extent, type Report } from '../fault.ts';
import { Ledger } from '../ledger.ts';
import { Client, newDevices, type Target } from '../load.ts';
import { startService } from '../service.ts';

/** Clients race for the same devices on two nodes, and repeat requests whose response they did not hear. */
export async function race(extent: Extent): Promise<Report> {
  const databaseUrl = await startSharedPostgres();
  const first = await startService({ settings: { DATABASE_URL: databaseUrl } });
  const second = await startService({ settings: { DATABASE_URL: databaseUrl } });
  const ledger = new Ledger();
  const target = { urls: [first.url, second.url], token: await first.requestToken(), ledger };
  const racers = times(extent, 20, 200, 200);
  const rounds = times(extent, 1, 3, 10);
  for (let round = 0; round < rounds; round += 1) {
    const devices = newDevices(60);
    await Promise.all(
      Array.from({ length: racers }, (_, racer) =>
        raceOnce(target, racer % 2 === 0 ? devices : devices.toReversed()),
      ),
    );
  }
  const verdict = await report(databaseUrl, ledger, `${rounds} races of ${racers} clients for 60 devices`);
  const registered = await withClient(databaseUrl, (client) =>
    client.query<{ devices: number }>('select count(*)::int as devices from devices'),
  );
  const count = registered.rows[0]?.devices;
  if (count === rounds * 60) return verdict;
  return { ...verdict, problems: [...verdict.problems, `${count} winners of ${rounds * 60} devices`] };
}

/** A client that stops listening at a random moment, and then repeats its request: the same 202 each time. */
async function raceOnce(target: Target, devices: object[]): Promise<void> {
  const client = new Client(target);
  const body = { batchId: 'race', devices };
  const requestId = randomUUID();
  const deaf = fetch(`${target.urls[randomInt(2)]}/v1/customers/${client.customer}/deviceBatches`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${target.token}`,
      'content-type': 'application/json',
      'ms-requestid': requestId,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(randomInt(1, 200)),
  });
  await deaf.then((response) => response.arrayBuffer()).catch(() => {});
  const locations = new Set<string | null>();
  for (let repeat = 0; repeat < 3; repeat += 1) {
    const response = await client.send('POST', '/deviceBatches', body, requestId);
    locations.add(response?.status === 202 ? response.headers.get('location') : `${response?.status}`);
  }
  const [location] = locations;
  if (locations.size > 1 || !location?.startsWith('/'))
    target.ledger.problem(`one request was answered in several ways: ${[...locations].join(', ')}`);
  else
    target.ledger.accepted.push({
      location,
      customer: client.customer,
      kind: 'upload',
      devices: devices.length,
    });
}
