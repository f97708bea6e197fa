import type pg from 'pg';
import type { Log } from '../log.ts';
import { connectionDb, type Database } from '../store/database.ts';
import { lockWorkerPool } from '../store/worker-locks.ts';

/** How long to wait before a broken lock connection is replaced. */
const reconnectMs = 1000;

/** The locks a node holds. */
export interface WorkerLocks {
  /** Holds the lock of one more holder of jobs. */
  add(holderId: string): void;
  /** Lets all of them go. */
  release(): void;
}

/**
 * Holds a lock for everyone who holds jobs on this node, on a connection of its own, so that other nodes can tell a busy
 * worker from a dead one.
 */
export function holdWorkerLocks(database: Database, log: Log): WorkerLocks {
  const holderIds: string[] = [];
  let connection: Promise<pg.PoolClient> | undefined;
  let isReleased = false;

  async function connect(): Promise<pg.PoolClient> {
    const client = await database.pool.connect();
    client.once('error', () => reconnectLater());
    for (const holderId of holderIds) await lockWorkerPool(connectionDb(client), holderId);
    return client;
  }

  function reconnectLater(): void {
    connection = undefined;
    if (!isReleased) setTimeout(hold, reconnectMs).unref();
  }

  function hold(): void {
    if (isReleased) return;
    connection = connect();
    connection.catch(giveUp);
  }

  function giveUp(error: unknown): void {
    log.warn({ err: error }, 'could not hold the worker lock');
    reconnectLater();
  }

  return {
    add(holderId) {
      holderIds.push(holderId);
      // A lock that is taken twice is held all the same.
      if (connection)
        connection.then((client) => lockWorkerPool(connectionDb(client), holderId)).catch(() => {});
      else hold();
    },
    release() {
      isReleased = true;
      // Closing the connection lets its locks go.
      connection?.then((client) => client.release(true)).catch(() => {});
    },
  };
}
