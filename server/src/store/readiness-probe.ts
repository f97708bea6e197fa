import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Database } from './database.ts';

/** Orchestrators commonly wait for one second. */
const checkMsMax = 800;

/**
 * Asks PostgreSQL whether it responds and is no standby, on a connection of its own: however busy the others are. A full
 * disk leaves a node ready, because reads still work.
 */
export class ReadinessProbe {
  readonly #database: Database;
  #client: Promise<pg.Client> | undefined;
  #checking: Promise<boolean> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves within a second. Checks at the same moment share one statement. */
  check(): Promise<boolean> {
    this.#checking ??= this.#checkOnce().finally(() => (this.#checking = undefined));
    return this.#checking;
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.then((connected) => connected.end()).catch(() => {});
  }

  async #checkOnce(): Promise<boolean> {
    const timeout = new AbortController();
    const late = delay(checkMsMax, false, { signal: timeout.signal }).catch(() => false);
    const isReady = await Promise.race([this.#respond().catch(() => false), late]);
    timeout.abort();
    // The next check opens a new connection. Ending a connection with a running query closes its socket immediately.
    if (!isReady) void this.close();
    return isReady;
  }

  async #respond(): Promise<boolean> {
    this.#client ??= connect(this.#database);
    const client = await this.#client;
    const { rows } = await client.query<{ is_standby: boolean }>('select pg_is_in_recovery() as is_standby');
    return rows[0]?.is_standby === false;
  }
}

async function connect(database: Database): Promise<pg.Client> {
  const client = database.newClient({ connectionTimeoutMillis: checkMsMax });
  await client.connect();
  return client;
}
