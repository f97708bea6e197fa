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
    const connection = await database.pool.connect();
    if (isStopped) return connection.release(true);
    client = connection;
    connection.once('error', lost);
    connection.once('end', lost);
    connection.on('notification', () => owners.forget());
    await connection.query('listen muster_customer_changed');
    owners.follow();
  }

  function lost(): void {
    owners.lose();
    if (client === undefined) return;
    client = undefined;
    if (!isStopped) setTimeout(start, reconnectMs).unref();
  }

  function start(): void {
    follow().catch((error: unknown) => {
      log.warn({ err: error }, 'could not follow changes of customers');
      client?.release(true);
      client = undefined;
      if (!isStopped) setTimeout(start, reconnectMs).unref();
    });
  }

  start();
  return async () => {
    isStopped = true;
    owners.lose();
    client?.release(true);
    client = undefined;
  };
}
