import pg from 'pg';
import type { Sql } from 'sql-template-tag';

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
}

/** Connects lazily: the first statement opens the first connection. */
export function openDatabase(options: pg.PoolConfig): Database {
  const pool = new pg.Pool({ application_name: 'muster', ...options });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  return {
    pool,
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
    await client.query('rollback').catch((rollbackError: Error) => (broken = rollbackError));
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
