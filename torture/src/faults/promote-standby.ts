import { cp, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { connectionUrl, startEmbeddedPostgres } from '@muster/embedded-postgres';
import { startDatabaseProxy } from '../database-proxy.ts';
import { report, times, untilAccepted, withClient, type Extent, type Report } from '../fault.ts';
import { Ledger } from '../ledger.ts';
import { Load } from '../load.ts';
import { afterFault, startService, temporaryDirectory } from '../service.ts';

/** A PostgreSQL under load, on a data directory of its own. */
interface Primary {
  readonly dataDirectory: string;
  readonly databaseUrl: string;
}

/**
 * PostgreSQL has a standby that confirms every commit. The primary is killed under load, the standby is promoted, and the
 * service's connections lead there, as a virtual address or a connection pooler would have it. Each promoted standby is the
 * next primary.
 */
export async function promoteStandby(extent: Extent): Promise<Report> {
  const promotions = times(extent, 1, 2, 5);
  let primary = await start(await temporaryDirectory());
  const proxy = await startDatabaseProxy(primary.databaseUrl);
  afterFault(async () => proxy.close());
  const service = await startService({ settings: { DATABASE_URL: proxy.url } });
  const ledger = new Ledger();
  const load = new Load({ urls: [service.url], token: await service.requestToken(), ledger }, 4);
  const outages: number[] = [];
  for (let promotion = 0; promotion < promotions; promotion += 1) {
    const standby = await addStandby(primary);
    await untilAccepted(ledger, 20);
    const killedAt = performance.now();
    process.kill(await postmasterPid(primary), 'SIGKILL');
    await withClient(standby.databaseUrl, (client) => client.query('select pg_promote(true, 60)'));
    proxy.leadTo(standby.databaseUrl);
    await untilAccepted(ledger, 1);
    outages.push(Math.round(performance.now() - killedAt));
    primary = standby;
  }
  await untilAccepted(ledger, 10);
  await load.stop();
  return report(
    primary.databaseUrl,
    ledger,
    `${promotions} promotions of a synchronous standby, accepting again after ${outages.join(', ')} ms`,
  );
}

async function start(dataDirectory: string): Promise<Primary> {
  const postgres = await startEmbeddedPostgres({ dataDirectory });
  afterFault(() => postgres.stop());
  return { dataDirectory, databaseUrl: connectionUrl(postgres.connection) };
}

/** Copies the primary while it runs, starts the copy as its standby, and has commits wait for it from then on. */
async function addStandby(primary: Primary): Promise<Primary> {
  const dataDirectory = await temporaryDirectory();
  await copyCluster(primary, dataDirectory);
  const cluster = join(dataDirectory, 'postgres');
  const password = (await readFile(join(dataDirectory, 'postgres-password'), 'utf8')).trim();
  const source = `host=${join(primary.dataDirectory, 'postgres')} port=5432 user=muster password=${password}`;
  await writeFile(join(cluster, 'postgresql.conf'), `primary_conninfo = '${source}'\n`, { flag: 'a' });
  await writeFile(join(cluster, 'standby.signal'), '');
  const standby = await start(dataDirectory);
  await withClient(primary.databaseUrl, async (client) => {
    await client.query(`alter system set synchronous_standby_names = '*'`);
    await client.query('select pg_reload_conf()');
    await client.query(`do $$ begin
      while not exists (select from pg_stat_replication where sync_state = 'sync') loop
        perform pg_sleep(0.02);
        perform pg_stat_clear_snapshot();
      end loop;
    end $$`);
  });
  return standby;
}

/** A base backup: PostgreSQL says what the copy needs to be recovered. */
async function copyCluster({ dataDirectory, databaseUrl }: Primary, copy: string): Promise<void> {
  const cluster = join(copy, 'postgres');
  await mkdir(copy, { recursive: true, mode: 0o700 });
  await copyFile(join(dataDirectory, 'postgres-password'), join(copy, 'postgres-password'));
  await withClient(databaseUrl, async (client) => {
    // What the copy lacks is sent later, so it must be there still.
    await client.query(`alter system set wal_keep_size = '4GB'`);
    await client.query('select pg_reload_conf()');
    await client.query(`select pg_backup_start('standby', true)`);
    await cp(join(dataDirectory, 'postgres'), cluster, { recursive: true, filter: isData });
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    await writeFile(join(cluster, 'backup_label'), rows[0]?.labelfile ?? '');
  });
  // The copy's own commits wait for nobody, until it has a standby itself.
  await writeFile(join(cluster, 'postgresql.auto.conf'), `wal_keep_size = '4GB'\n`);
}

function isData(path: string): boolean {
  return !/^(postmaster\.(pid|opts)|\.s\.PGSQL.*|pgsql_tmp.*|pg_internal\.init.*)$/.test(basename(path));
}

async function postmasterPid({ dataDirectory }: Primary): Promise<number> {
  return Number.parseInt(await readFile(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}
