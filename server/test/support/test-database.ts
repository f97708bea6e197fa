import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after } from 'node:test';
import pg from 'pg';
import { connectionUrl, startEmbeddedPostgres } from '@muster/embedded-postgres';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';

/** A database of its own for one test, with Muster's schema. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Any fixed number: test files that run side by side make the template once. */
const templateLock = 5_272_026_100;

let server: Promise<string> | undefined;

/**
 * The PostgreSQL tests run on, as a URL: the one of TEST_DATABASE_URL (`npm test` starts one for all files), or an
 * embedded one of this process when a file is run by itself.
 */
export function testServer(): Promise<string> {
  server ??= process.env.TEST_DATABASE_URL
    ? Promise.resolve(process.env.TEST_DATABASE_URL)
    : startOwnServer();
  return server;
}

async function startOwnServer(): Promise<string> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'muster-test-'));
  const postgres = await startEmbeddedPostgres({ dataDirectory });
  after(async () => {
    await postgres.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });
  return connectionUrl(postgres.connection);
}

/** A new database, copied from a migrated template: about 30 ms. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = await testServer();
  return copyTemplate(serverUrl, await ensureTemplate(serverUrl));
}

/** A new database without Muster's schema. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return copyTemplate(await testServer(), 'template0');
}

async function copyTemplate(serverUrl: string, template: string): Promise<TestDatabase> {
  const name = `muster_${randomUUID().replaceAll('-', '')}`;
  await withClient(serverUrl, (client) => client.query(`create database ${name} template ${template}`));
  return {
    url: databaseUrl(serverUrl, name),
    drop: () =>
      withClient(serverUrl, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

async function ensureTemplate(serverUrl: string): Promise<string> {
  const name = `muster_template_${await schemaDigest()}`;
  await withClient(serverUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock]);
    const found = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [
      name,
    ]);
    if (found.rowCount === 1) return;
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
    const database = openDatabase({ connectionString: databaseUrl(serverUrl, name) });
    await migrate(database);
    await database.pool.end();
    await client.query(`alter database ${name} is_template true`);
  });
  return name;
}

/** The template is made anew whenever a migration or the queue's version changes. */
async function schemaDigest(): Promise<string> {
  const directory = fileURLToPath(new URL('../../migrations/', import.meta.url));
  const files = (await readdir(directory)).sort();
  const digest = createHash('sha256');
  for (const file of files) digest.update(file).update(await readFile(join(directory, file)));
  return digest.digest('hex').slice(0, 12);
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
