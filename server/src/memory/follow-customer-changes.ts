import type pg from 'pg';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import type { CustomerOwners } from './customer-owners.ts';

/** How long to wait before a broken connection is replaced. Until then nothing is remembered. */
const reconnectMs = 1000;

/** Keeps what is remembered of customers true to the database, on a connection of its own. Returns what ends that. */
export function followCustomerChanges(
  database: Database,
  owners: CustomerOwners,
  log: Log,
): () => Promise<void> {
  let client: pg.PoolClient | undefined;
  let isStopped = false;

  async function follow(): Promise<void> {
    const connection = await database.pool.connect().catch(retryLater);
    if (connection === undefined) return;
    if (isStopped) return connection.release(true);
    client = connection;
    connection.once('error', () => lose(connection));
    connection.once('end', () => lose(connection));
    connection.on('notification', () => owners.forget());
    try {
      await connection.query('listen muster_customer_changed');
      if (client === connection) owners.follow();
    } catch (error) {
      log.warn({ err: error }, 'could not follow changes of customers');
      lose(connection);
    }
  }

  function retryLater(error: unknown): undefined {
    log.warn({ err: error }, 'could not follow changes of customers');
    if (!isStopped) setTimeout(start, reconnectMs).unref();
  }

  /** Gives a broken connection back, once: the pool has so many places and no more. */
  function lose(connection: pg.PoolClient): void {
    if (client !== connection) return;
    client = undefined;
    owners.lose();
    connection.release(true);
    if (!isStopped) setTimeout(start, reconnectMs).unref();
  }

  function start(): void {
    void follow();
  }

  start();
  return async () => {
    isStopped = true;
    owners.lose();
    client?.release(true);
    client = undefined;
  };
}
