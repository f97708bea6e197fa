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
  let held: pg.PoolClient | undefined;
  let isReleased = false;

  async function hold(): Promise<void> {
    const client = await database.pool.connect().catch(retryLater);
    if (client === undefined) return;
    if (isReleased) return client.release(true);
    if (held !== undefined) held.release(true);
    held = client;
    client.once('error', () => lose(client));
    client.once('end', () => lose(client));
    try {
      for (const poolId of poolIds) await lockWorkerPool(connectionDb(client), poolId);
    } catch (error) {
      log.warn({ err: error }, 'could not hold the worker lock');
      lose(client);
    }
  }

  function retryLater(error: unknown): undefined {
    log.warn({ err: error }, 'could not hold the worker lock');
    if (!isReleased) setTimeout(() => void hold(), reconnectMs).unref();
  }

  /** Gives a broken connection back, once: the pool has so many places and no more. */
  function lose(client: pg.PoolClient): void {
    if (held !== client) return;
    held = undefined;
    client.release(true);
    if (!isReleased) setTimeout(() => void hold(), reconnectMs).unref();
  }

  events.on('pool:create', ({ workerPool }) => {
    poolIds.push(workerPool.id);
    void hold();
  });

  return {
    release() {
      isReleased = true;
      // Closing the connection lets its locks go.
      held?.release(true);
      held = undefined;
    },
  };
}
