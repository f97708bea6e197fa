import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

/** How to connect to an embedded server: options for a pg Pool or Client. */
export interface PostgresConnection {
  /** The folder of the server's Unix socket, or 127.0.0.1. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** A connection as a URL, to another `database` where one is given. A socket's folder goes into the host parameter. */
export function connectionUrl(
  { host, port, user, password, database: own }: PostgresConnection,
  database = own,
): string {
  const url = new URL(`postgres://localhost:${port}/${database}`);
  url.username = user;
  url.password = password;
  if (host.startsWith('/')) url.searchParams.set('host', host);
  else url.hostname = host;
  return url.href;
}

const connectTimeoutMs = 5000;
const retryMs = 50;

/** Connects to the database `postgres`, which every cluster has. Only `end` tells that the connection is lost. */
export async function connectForMaintenance(
  connection: Omit<PostgresConnection, 'database'>,
): Promise<Client> {
  const client = new Client({
    ...connection,
    database: 'postgres',
    application_name: 'muster data directory lock',
    connectionTimeoutMillis: connectTimeoutMs,
  });
  // Without a listener a lost connection would end the process; `end` always follows.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await closeQuietly(client);
    throw error;
  }
  return client;
}

/** Closes a connection that may already be broken. */
export async function closeQuietly(client: Client): Promise<void> {
  await client.end().catch(() => undefined);
}

/**
 * Key of the session-level advisory lock, in the database `postgres`, that a service holds while it runs: the letters
 * "Muster" as a number. A server on which nobody holds it was left behind by a killed service.
 */
export const serviceLockKey = String(0x4d7573746572);

/** Takes the service lock for this connection. False when another session has it. */
export async function tryServiceLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_lock($1::bigint) as taken',
    [serviceLockKey],
  );
  return rows[0]?.taken === true;
}

export interface ServiceLock {
  /** Closes the connection, and with it the lock. */
  release(): Promise<void>;
}

/**
 * Keeps the lock that `first` holds. When that connection is lost while the server goes on (an administrator ended it, a
 * backend crashed), the lock is taken again. `onTaken` is called if another service was faster.
 */
export function keepServiceLock(
  first: Client,
  options: { readonly connect: () => Promise<Client>; readonly onTaken: () => void },
): ServiceLock {
  let current = first;
  const state = { isReleased: false };
  const watch = (client: Client): void => {
    current = client;
    client.once('end', () => void takeAgain());
  };
  const takeAgain = async (): Promise<void> => {
    while (!state.isReleased) {
      const client = await options.connect().catch(() => undefined);
      const taken = client && (await tryServiceLock(client).catch(() => undefined));
      if (client && taken && !state.isReleased) return watch(client);
      if (client) await closeQuietly(client);
      if (taken === false && !state.isReleased) return options.onTaken();
      await delay(retryMs);
    }
  };
  watch(first);
  return {
    async release() {
      state.isReleased = true;
      await closeQuietly(current);
    },
  };
}
