import pg from 'pg';
import { connectionUrl, startEmbeddedPostgres } from '@muster/embedded-postgres';

/** The embedded PostgreSQL, as the service starts it, with databases for both sides of a comparison. */
export interface BenchPostgres {
  /** A new, empty database, as a postgres:// URL. */
  createDatabase(name: string): Promise<string>;
  /** A file-level copy of a database nobody is connected to. */
  copyDatabase(from: string, name: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  /** Writes what is dirty to disk, so that no run pays for the one before it. */
  checkpoint(): Promise<void>;
  stop(): Promise<void>;
}

export async function startBenchPostgres(dataDirectory: string): Promise<BenchPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDirectory });
  const { connection } = postgres;
  const run = (statement: string): Promise<void> =>
    withClient(connectionUrl(connection, 'postgres'), async (client) => void (await client.query(statement)));
  return {
    async createDatabase(name) {
      await run(`create database ${name}`);
      return connectionUrl(connection, name);
    },
    async copyDatabase(from, name) {
      await run(`create database ${name} template ${from} strategy file_copy`);
      return connectionUrl(connection, name);
    },
    dropDatabase: (name) => run(`drop database if exists ${name} with (force)`),
    checkpoint: () => run('checkpoint'),
    stop: () => postgres.stop(),
  };
}

/** Runs `work` on a connection of its own. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
