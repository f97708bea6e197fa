import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { isDatabaseUnavailable } from './database-faults.ts';

/** Runs statements: the pool, or one transaction. */
export interface Db {
  /** The rows of one statement. `R` is what the statement's own text says it returns. */
  query<R extends object>(statement: Sql): Promise<R[]>;
}

/** The pool. A transaction holds one connection from begin to commit. */
export interface Database extends Db {
  /** Commits what `work` did, or rolls all of it back when it throws. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  readonly pool: pg.Pool;
  /** A connection beside the pool, not yet opened, without deadlines. Its loss shows only in its statements. */
  newClient(options?: pg.ClientConfig): pg.Client;
}

/** How long the database may take. Milliseconds. */
export interface Deadlines {
  /** For one statement. */
  readonly statementMs: number;
  /** For a free connection, for a lock, and between two statements of a transaction. */
  readonly waitMs: number;
}

/** A frozen server cannot end a statement: the driver gives up on it this much later. */
const driverToleranceMs = 1000;

/** Connects lazily: the first statement opens the first connection. Without deadlines, it waits indefinitely. */
export function openDatabase(options: pg.PoolConfig, deadlines?: Deadlines): Database {
  const pool = new pg.Pool({
    application_name: 'muster',
    ...options,
    ...(deadlines && {
      connectionTimeoutMillis: deadlines.waitMs,
      lock_timeout: deadlines.waitMs,
      idle_in_transaction_session_timeout: deadlines.waitMs,
      statement_timeout: deadlines.statementMs,
      query_timeout: deadlines.statementMs + driverToleranceMs,
    }),
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  return {
    pool,
    newClient(more) {
      const client = new pg.Client({ application_name: 'muster', ...options, ...more });
      // Without a listener a lost connection would end the process.
      client.on('error', () => {});
      return client;
    },
    query: (statement) => run(pool, statement),
    transaction: (work) => inTransaction(pool, work),
  };
}

/** Runs statements on one connection of the pool, for what must stay on it. */
export function connectionDb(client: pg.PoolClient): Db {
  return { query: (statement) => run(client, statement) };
}

async function inTransaction<T>(pool: pg.Pool, work: (tx: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(connectionDb(client));
    await client.query('commit');
    return result;
  } catch (error) {
    // Where the server itself refused, the connection is sound. Otherwise a rollback would wait as long again.
    if (!(error instanceof pg.DatabaseError) && isDatabaseUnavailable(error)) broken = error as Error;
    else await client.query('rollback').catch((rollbackError: Error) => (broken = rollbackError));
    throw error;
  } finally {
    client.release(broken);
  }
}

async function run<R extends object>(client: pg.Pool | pg.PoolClient, statement: Sql): Promise<R[]> {
  const text = statement.text;
  const result = await client.query<R>({ name: statementName(text), text, values: statement.values });
  return result.rows;
}

const statementNames = new Map<string, string>();

/** A statement's text is planned once per connection; texts are static, so this map stays small. */
function statementName(text: string): string {
  let name = statementNames.get(text);
  if (name === undefined) {
    name = `muster_${statementNames.size}`;
    statementNames.set(text, name);
  }
  return name;
}
