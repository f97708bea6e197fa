import type { Log } from '../store/log.ts';
import { connectionDb, type Database } from '../store/database.ts';
import { keepConnection } from '../store/kept-connection.ts';
import { lockWorkerPool } from '../store/jobs/worker-locks.ts';

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
  const connection = keepConnection(database, {
    async setUp(client) {
      // A lock that is taken twice is held all the same.
      for (const holderId of holderIds) await lockWorkerPool(connectionDb(client), holderId);
    },
    onFailure: (error) => log.warn({ err: error }, 'could not hold the worker lock'),
  });
  return {
    add(holderId) {
      holderIds.push(holderId);
      connection.setUpAgain();
    },
    release: connection.release,
  };
}
