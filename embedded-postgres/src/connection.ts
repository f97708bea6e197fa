import { Client } from 'pg';

/** How to reach one embedded server: options for a pg Pool or Client. */
export interface PostgresConnection {
  /** The folder of the server's Unix socket, or 127.0.0.1. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** The database that every cluster has; the service lock lives in it. */
export const maintenanceDatabase = 'postgres';

const connectTimeoutMs = 5000;

/** One connection to the maintenance database. A later loss of it is told only to listeners on `end`. */
export async function connectForMaintenance(connection: PostgresConnection): Promise<Client> {
  const client = new Client({
    ...connection,
    database: maintenanceDatabase,
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
