import { Agent } from 'node:http';
import { interleave, type Bench } from '../bench.ts';
import { clientHeaders, exchange, requireStatus } from '../machine/exchange.ts';
import { startMuster, type MusterService } from '../machine/muster-service.ts';
import { median, toRow, type Row } from '../row.ts';
import { withClient } from '../machine/bench-postgres.ts';
import { deviceIdSql, identityKeysSql, serialNumberSql } from '../fill/fill-statements.ts';

/** The list gives 100 devices a page (`contract`). */
const devicesPerPage = 100;

/** Reads of one page in one round. */
const readsPerRound = 50;

/** P9: the device list of one large batch, its last full page against its first. */
export async function measureDeviceList(bench: Bench): Promise<Row[]> {
  const devices = bench.scale.listedDevices;
  const databaseUrl = await (await bench.postgres()).createDatabase('p9');
  const service = await startMuster({ directory: await bench.newDirectory('p9'), databaseUrl });
  try {
    const { customerId } = service.credentials;
    await fillBatch(databaseUrl, { customerId, batchId: 'large', devices });
    const reader = await openList(service, `/v1/customers/${customerId}/deviceBatches/large/devices`);
    const last = devices / devicesPerPage;
    bench.say(`  walking to page ${last}`);
    const lastToken = await reader.walkTo(last);
    const runs = { ours: [] as number[], limit: [] as number[] };
    await interleave(bench.scale.rounds + 1, [
      async (round) => {
        const ms = await reader.time(lastToken);
        if (round > 0) runs.ours.push(ms);
      },
      async (round) => {
        const ms = await reader.time(undefined);
        if (round > 0) runs.limit.push(ms);
      },
    ]);
    const name = `page ${last} against page 1`;
    return [toRow({ measure: 'P9', case: name, ...runs, unit: 'ms', goal: 'ratio at most', reach: 1.2 })];
  } finally {
    await service.stop();
  }
}

interface ListReader {
  /** The token that leads to a page, by reading all before it: a token says nothing to anybody else. */
  walkTo(page: number): Promise<string>;
  /** Milliseconds of one read of the page behind a token, the median of many. */
  time(token: string | undefined): Promise<number>;
}

async function openList(service: MusterService, path: string): Promise<ListReader> {
  const headers = clientHeaders(await service.token());
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const read = async (token: string | undefined): Promise<Buffer> => {
    const continued = token === undefined ? headers : { ...headers, 'MS-ContinuationToken': token };
    return requireStatus(await exchange({ agent, port: service.port, path, headers: continued }), 200).body;
  };
  return {
    async walkTo(page) {
      let token: string | undefined;
      for (let at = 1; at < page; at += 1) {
        const body = JSON.parse((await read(token)).toString('utf8')) as { continuationToken?: string };
        if (body.continuationToken === undefined) throw new Error(`The list ends with page ${at}.`);
        token = body.continuationToken;
      }
      if (token === undefined) throw new Error('The first page has no token.');
      return token;
    },
    async time(token) {
      const times: number[] = [];
      for (let count = 0; count < readsPerRound; count += 1) {
        const start = performance.now();
        await read(token);
        times.push(performance.now() - start);
      }
      return median(times);
    },
  };
}

/** Registers devices in one new batch by SQL. */
export async function fillBatch(
  databaseUrl: string,
  { customerId, batchId, devices }: { customerId: string; batchId: string; devices: number },
): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query(
      `with batch as (
        insert into device_batches (customer_id, batch_id, batch_id_folded, created_by, created_at, devices_count)
        values ($1, $2, lower($2), 'bench', now(), $3::int) returning device_batch_id, customer_id
      )
      insert into devices (device_id, customer_id, device_batch_id, serial_number, oem_manufacturer_name, model_name,
        identity_keys, uploaded_at)
      select ${deviceIdSql}, customer_id, device_batch_id, ${serialNumberSql}, 'Dell Inc.', 'Latitude 7440',
        ${identityKeysSql}, now()
      from batch, generate_series(0, $3::int - 1) as n`,
      [customerId, batchId, devices],
    );
    await client.query(`
      insert into device_keys (identity_key, device_id, customer_id)
      select identity_key, device_id, customer_id from devices, unnest(identity_keys) as identity_key`);
    await client.query('vacuum (analyze)');
  });
}
