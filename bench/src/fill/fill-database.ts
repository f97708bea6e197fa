import { availableParallelism } from 'node:os';
import { withClient } from '../machine/bench-postgres.ts';
import {
  batchesOfJobs,
  devicesStatements,
  jobsStatement,
  smallTables,
  type Filling,
} from './fill-statements.ts';
import type pg from 'pg';

/** For one connection that builds indexes. */
const indexSettings = `set maintenance_work_mem = '1GB'; set max_parallel_maintenance_workers = 2`;

/** Jobs of one statement. */
const jobsPerStatement = 1000;

/**
 * Fills a migrated database, by statements that make whole ranges: customers, batches, finished jobs with their outcomes,
 * devices, four identity keys each. Hash values are 64 bytes instead of 3,000: their table is only ever appended to and
 * read by its key, so the index must be of full size and the values need not be (30 GB for 10,000,000).
 */
export async function fillDatabase(databaseUrl: string, filling: Filling): Promise<void> {
  const remake = await withClient(databaseUrl, async (client) => {
    for (const statement of [...smallTables(filling), batchesOfJobs]) await client.query(statement);
    return setIndexesAside(client);
  });
  await inParallel(
    databaseUrl,
    rangesOf(filling).flatMap(([first, end]) => rangeStatements(filling, first, end)),
  );
  await inParallel(databaseUrl, remake, indexSettings);
  await withClient(databaseUrl, async (client) => {
    await client.query('drop table bench_batches');
    await client.query('update device_batches set devices_count = $1 where created_by = $2', [
      filling.devices / filling.jobs,
      'bench',
    ]);
    await client.query('vacuum (analyze)');
  });
}

function rangesOf({ jobs }: Filling): [number, number][] {
  const count = Math.ceil(jobs / jobsPerStatement);
  return Array.from({ length: count }, (_, index) => [
    index * jobsPerStatement,
    Math.min(jobs, (index + 1) * jobsPerStatement),
  ]);
}

function rangeStatements(filling: Filling, first: number, end: number): string[] {
  const each = filling.devices / filling.jobs;
  return [jobsStatement(filling, first, end), ...devicesStatements(filling, first * each, end * each)];
}

/** Runs statements on as many connections as there are processors. */
async function inParallel(
  databaseUrl: string,
  statements: readonly string[],
  settings = 'select',
): Promise<void> {
  const queue = [...statements];
  await Promise.all(
    Array.from({ length: availableParallelism() }, () =>
      withClient(databaseUrl, async (client) => {
        await client.query(settings);
        for (let statement = queue.shift(); statement; statement = queue.shift())
          await client.query(statement);
      }),
    ),
  );
}

/** Tables that are filled by the million. */
const largeTables = ['devices', 'device_keys', 'hardware_hashes', 'batch_jobs'] as const;

/**
 * Drops the indexes and constraints of the large tables and gives the statements that make them again, read from the
 * schema itself: sorting an index once takes minutes less than growing it row by row.
 */
export async function setIndexesAside(client: pg.Client): Promise<string[]> {
  const tables = `array['${largeTables.join("','")}']::regclass[]`;
  const constraints = await client.query<{ name: string; owner: string; definition: string }>(`
    select quote_ident(conname) as name, conrelid::regclass::text as owner, pg_get_constraintdef(oid) as definition
    from pg_constraint where conrelid = any (${tables}) and contype in ('p', 'u', 'f')
    order by contype = 'f' desc`);
  for (const { name, owner } of constraints.rows)
    await client.query(`alter table ${owner} drop constraint ${name}`);
  const indexes = await client.query<{ name: string; definition: string }>(`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index where indrelid = any (${tables})`);
  for (const { name } of indexes.rows) await client.query(`drop index ${name}`);
  const remade = constraints.rows.toReversed();
  return [
    ...remade.map(
      ({ name, owner, definition }) => `alter table ${owner} add constraint ${name} ${definition}`,
    ),
    ...indexes.rows.map(({ definition }) => definition),
  ];
}
