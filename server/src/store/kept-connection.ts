import type pg from 'pg';
import type { Database } from './database.ts';

/** How long to wait before a broken connection is replaced. */
const reconnectMs = 1000;

/** What a connection is kept for. */
export interface ConnectionUse {
  /** Makes a new connection what it is kept for. */
  setUp(client: pg.PoolClient): Promise<void>;
  /** The connection is gone, and with it what it was kept for. */
  onLoss?(): void;
  /** No connection could be had, or not be set up: tried again in a second. */
  onFailure(error: unknown): void;
}

/** A connection that is replaced when it breaks. */
export interface KeptConnection {
  /** Sets the present connection up once more, if there is one. */
  setUpAgain(): void;
  /** Closes the connection for good. */
  release(): void;
}

/** Keeps one connection of the pool for what lasts as long as a connection: locks, notices. */
export function keepConnection(database: Database, use: ConnectionUse): KeptConnection {
  let client: pg.PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isReleased = false;

  async function connect(): Promise<void> {
    const connected = await database.pool.connect();
    if (isReleased) return connected.release(true);
    client = connected;
    connected.once('error', () => lose(connected));
    connected.once('end', () => lose(connected));
    await use.setUp(connected);
  }

  function start(): void {
    timer = undefined;
    connect().catch(fail);
  }

  function fail(error: unknown): void {
    if (isReleased) return;
    use.onFailure(error);
    lose(client);
  }

  /** A broken connection that is not given back to the pool would hold its place there for good. */
  function lose(lost: pg.PoolClient | undefined): void {
    if (lost !== client || isReleased) return;
    client = undefined;
    lost?.release(true);
    use.onLoss?.();
    timer ??= setTimeout(start, reconnectMs).unref();
  }

  start();
  return {
    setUpAgain() {
      if (client) use.setUp(client).catch(fail);
    },
    release() {
      isReleased = true;
      clearTimeout(timer);
      client?.release(true);
      client = undefined;
    },
  };
}
