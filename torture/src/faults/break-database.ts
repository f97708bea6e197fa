import { setTimeout as delay } from 'node:timers/promises';
import { connectionUrl, startEmbeddedPostgres } from '@muster/embedded-postgres';
import { startDatabaseProxy } from '../database-proxy.ts';
import { report, times, untilAccepted, type Extent, type Report } from '../fault.ts';
import { Ledger } from '../ledger.ts';
import { Load } from '../load.ts';
import { afterFault, startService, temporaryDirectory } from '../service.ts';

/**
 * PostgreSQL is killed; then one that is shared is restarted, its connections are cut while statements and commits are
 * under way, and all it says comes 5 s late.
 */
export async function breakDatabase(extent: Extent): Promise<Report> {
  const embedded = await killPostgres(times(extent, 1, 5, 20));
  const external = await breakConnections(times(extent, 1, 2, 5));
  return {
    accepted: embedded.accepted + external.accepted,
    finished: embedded.finished + external.finished,
    lost: embedded.lost + external.lost,
    doubled: embedded.doubled + external.doubled,
    problems: [...embedded.problems, ...external.problems],
    notes: `${embedded.notes}; ${external.notes}`,
    ledger: embedded.ledger,
  };
}

async function killPostgres(kills: number): Promise<Report> {
  const service = await startService();
  const ledger = new Ledger();
  const load = new Load({ urls: [service.url], token: await service.requestToken(), ledger }, 4);
  const outages: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    await untilAccepted(ledger, 10);
    const pid = await service.postmasterPid();
    const killedAt = performance.now();
    process.kill(pid, 'SIGKILL');
    while ((await service.postmasterPid().catch(() => pid)) === pid) await delay(5);
    await untilAccepted(ledger, 1);
    outages.push(Math.round(performance.now() - killedAt));
  }
  await load.stop();
  const longest = Math.max(...outages);
  return report(
    await service.embeddedUrl(),
    ledger,
    `${kills} kills of PostgreSQL, accepting again after ${median(outages)} ms (median; at most ${longest} ms)`,
  );
}

async function breakConnections(rounds: number): Promise<Report> {
  const dataDirectory = await temporaryDirectory();
  let postgres = await startEmbeddedPostgres({ dataDirectory });
  afterFault(() => postgres.stop());
  const databaseUrl = connectionUrl(postgres.connection);
  const proxy = await startDatabaseProxy(databaseUrl);
  const service = await startService({ settings: { DATABASE_URL: proxy.url } });
  afterFault(async () => proxy.close());
  const ledger = new Ledger();
  const load = new Load({ urls: [service.url], token: await service.requestToken(), ledger }, 4);
  for (let round = 0; round < rounds; round += 1) {
    for (const text of ['insert into batch_jobs', 'insert into devices', 'commit']) {
      await untilAccepted(ledger, 4);
      proxy.cutAll();
      proxy.cutAt(text);
      await delay(500);
      proxy.cutAt(null);
    }
    await untilAccepted(ledger, 4);
    proxy.delayBy(5000);
    await delay(6000);
    proxy.delayBy(0);
    await untilAccepted(ledger, 4);
    await postgres.stop();
    postgres = await startEmbeddedPostgres({ dataDirectory });
  }
  await untilAccepted(ledger, 4);
  await load.stop();
  return report(databaseUrl, ledger, `${rounds} rounds of cuts, delays of 5 s and restarts`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
