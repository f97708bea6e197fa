import type { WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import type { Log } from '../log.ts';
import { connectionDb, type Database } from '../store/database.ts';
import { lockWorkerPool } from '../store/worker-locks.ts';

/** How long to wait before a broken lock connection is replaced. */
const reconnectMs = 1000;

/**
 * Holds the lock of every worker pool that these events tell of, on a connection of its own, so that other nodes can
 * tell a busy worker from a dead one. Returns what lets the locks go.
 */
export function holdWorkerLocks(database: Database, events: WorkerEvents, log: Log): { release(): void } {
  const poolIds: string[] = [];
  let connection: Promise<pg.PoolClient> | undefined;
  let isReleased = false;

  async function connect(): Promise<pg.PoolClient> {
    const client = await database.pool.connect();
    client.once('error', () => reconnectLater());
    for (const poolId of poolIds) await lockWorkerPool(connectionDb(client), poolId);
    return client;
  }

  function reconnectLater(): void {
    connection = undefined;
    if (!isReleased) setTimeout(hold, reconnectMs).unref();
  }

  function hold(): void {
    if (isReleased) return;
    connection = connect();
    connection.catch((error: unknown) => {
      log.warn({ err: error }, 'could not hold the worker lock');
      reconnectLater();
    });
  }

  events.on('pool:create', ({ workerPool }) => {
    poolIds.push(workerPool.id);
    hold();
  });

  return {
    release() {
      isReleased = true;
      // Closing the connection lets its locks go.
      connection?.then((client) => client.release(true)).catch(() => {});
    },
  };
}
