import { chmod, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { locateBinaries } from './binaries.ts';
import {
  createCluster,
  embeddedUser,
  readClusterVersion,
  readPassword,
  removeUnfinishedClusters,
  type ClusterSetup,
  type Host,
} from './create-cluster.ts';
import {
  DataDirectoryInUseError,
  EmbeddedPostgresError,
  errorCode,
  layOutDataDirectory,
  type DataDirectoryLayout,
} from './data-directory.ts';
import { chooseRunAs, openDataDirectory, probeRunAs } from './run-as.ts';
import { cleanExit, startServer, type StartedServer } from './server-process.ts';
import { removeSocketDirectory, socketPort } from './server-settings.ts';
import {
  connectForMaintenance,
  keepServiceLock,
  tryServiceLock,
  type PostgresConnection,
  type ServiceLock,
} from './service-lock.ts';

export { DataDirectoryInUseError, EmbeddedPostgresError } from './data-directory.ts';
export { connectionUrl, type PostgresConnection } from './service-lock.ts';

export interface EmbeddedPostgresOptions {
  /** Muster's data directory; created with mode 0700 when it is missing. */
  readonly dataDirectory: string;
  readonly log?: (message: string) => void;
  /** Called once if the server ends, or is taken over by another service, without stop(). */
  readonly onUnexpectedExit?: (detail: string) => void;
  /** The port to listen on where there are no Unix sockets. Default: any free one. */
  readonly port?: number;
  /** Parts of the machine to replace; for tests. */
  readonly host?: Partial<Host>;
}

/** A running PostgreSQL on a data directory. */
export interface EmbeddedPostgres {
  /** Options for a pg Pool or Client. */
  readonly connection: PostgresConnection;
  /** Shuts the server down cleanly and releases the directory. Safe to call twice. */
  stop(): Promise<void>;
}

const thisHost: Host = {
  locateBinaries,
  probeRunAs,
  hasUnixSockets: process.platform !== 'win32',
  temporaryDirectory: tmpdir(),
  leftoverWaitMaxMs: 30_000,
  fastShutdownMaxMs: 10_000,
  // PostgreSQL itself needs up to 5 s to end its processes.
  immediateShutdownMaxMs: 6000,
};

/**
 * Starts the PostgreSQL of this data directory, and creates it on a new one. A server left behind by a killed service is
 * stopped first. Throws EmbeddedPostgresError, whose message says what to do; DataDirectoryInUseError when another
 * running service uses the directory.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const layout = layOutDataDirectory(options.dataDirectory);
  try {
    const setup = await prepareCluster(layout, options);
    return await serveCluster(setup, options);
  } catch (error) {
    throw explainFileError(error, layout);
  }
}

async function prepareCluster(
  layout: DataDirectoryLayout,
  options: EmbeddedPostgresOptions,
): Promise<ClusterSetup> {
  const { log = () => undefined } = options;
  const host: Host = { ...thisHost, ...options.host };
  const binaries = await host.locateBinaries();
  const created = await mkdir(layout.dataDirectory, { recursive: true, mode: 0o700 });
  // An existing folder may be shared and keeps its mode. The secrets in it have modes of their own.
  if (created !== undefined) await chmod(layout.dataDirectory, 0o700);
  const runAs = await chooseRunAs(layout, binaries, host.probeRunAs);
  await openDataDirectory(layout, runAs);
  const setup: ClusterSetup = { layout, binaries, runAs, host, log };
  if ((await readClusterVersion(layout)) === undefined) {
    log(`creating a PostgreSQL ${binaries.majorVersion} database in ${layout.dataDirectory}`);
    await createCluster(setup);
  }
  const found = await readClusterVersion(layout);
  if (found === String(binaries.majorVersion)) return setup;
  throw new EmbeddedPostgresError(
    `${layout.cluster} was written by PostgreSQL ${found}, and this Muster brings PostgreSQL ${binaries.majorVersion}. ` +
      `Move the data with pg_dump from a PostgreSQL ${found} server, or start on another MUSTER_DATA_DIR, ` +
      `or set DATABASE_URL to a PostgreSQL ${found} server that has the data.`,
  );
}

/** Starts the server and takes the service lock on it. */
async function serveCluster(
  setup: ClusterSetup,
  { port, onUnexpectedExit }: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const server = await startServer(setup, port);
  const { file } = server;
  const connection: PostgresConnection = {
    // As the server says: another service that starts at this moment may have rewritten the settings.
    host: file.socketDirectory || file.listenAddress,
    port: file.port ?? socketPort,
    user: embeddedUser,
    password: await readPassword(setup.layout),
    database: embeddedUser,
  };
  let isReported = false;
  const report = (detail: string): void => {
    if (!isReported) onUnexpectedExit?.(detail);
    isReported = true;
  };
  let lock: ServiceLock;
  try {
    lock = await takeLock(setup.layout, { connection, server, report });
  } catch (error) {
    await server.stop();
    throw error;
  }
  await removeUnfinishedClusters(setup.layout);
  const reportExit = async (): Promise<void> => {
    const detail = await server.exited;
    await lock.release();
    report(`PostgreSQL ended unexpectedly (${detail}): ${await server.tail()}`);
  };
  void reportExit();
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    isReported = true;
    await server.stop();
    await lock.release();
    await removeSocketDirectory(setup.layout, file.socketDirectory);
  };
  return { connection, stop: () => (stopped ??= stop()) };
}

interface LockOptions {
  readonly connection: PostgresConnection;
  readonly server: StartedServer;
  readonly report: (detail: string) => void;
}

/** Throws DataDirectoryInUseError when another service, having found our server without a lock, is stopping it. */
async function takeLock(
  layout: DataDirectoryLayout,
  { connection, server, report }: LockOptions,
): Promise<ServiceLock> {
  const inUse = new DataDirectoryInUseError(layout.dataDirectory);
  const connect = (): Promise<Client> => connectForMaintenance(connection);
  let isLocked = false;
  try {
    const client = await connect();
    isLocked = await tryServiceLock(client);
    if (!isLocked) throw inUse;
    // Whoever stops a server holds its lock until the stop ends that session, so having the lock proves nothing yet.
    // A server that is being stopped accepts no new session.
    await (await connect()).end();
    await prepareDatabase(client);
    return keepServiceLock(client, { connect, onTaken: () => report(inUse.message) });
  } catch (error) {
    const isShutDown = !isLocked || shutdownCodes.has(errorCode(error) ?? '');
    if (error === inUse || (isShutDown && (await endsByItself(server)))) throw inUse;
    const message = error instanceof Error ? error.message : String(error);
    throw new EmbeddedPostgresError(
      errorCode(error) === '28P01'
        ? `The database in ${layout.cluster} does not accept the password in ${layout.password}. ` +
            'Put back the password file that belongs to it.'
        : `The database in ${layout.cluster} cannot be prepared: ${message}`,
      { cause: error },
    );
  }
}

/**
 * Once per cluster: the service's own database, and no statement errors of its sessions in the server's log. The service
 * receives them anyway, and they may quote a value ("invalid input syntax for type uuid: ...").
 */
async function prepareDatabase(client: Client): Promise<void> {
  const { rows } = await client.query<{ has_database: boolean; log_min_messages: string }>(
    `select exists (select from pg_database where datname = $1) as has_database,
            current_setting('log_min_messages') as log_min_messages`,
    [embeddedUser],
  );
  if (rows[0]?.log_min_messages !== 'log') {
    await client.query(`alter role ${embeddedUser} set log_min_messages = 'log'`);
  }
  if (rows[0]?.has_database !== true) await client.query(`create database ${embeddedUser}`);
}

/** What a session, or an attempt at one, meets when the server is being shut down. */
const shutdownCodes = new Set(['57P01', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'ENOENT']);

const endingMaxMs = 10_000;

/** Whether the server is being shut down cleanly, though not by us. */
async function endsByItself(server: StartedServer): Promise<boolean> {
  const timeout = new AbortController();
  const detail = await Promise.race([
    server.exited,
    delay(endingMaxMs, undefined, { signal: timeout.signal }).catch(() => undefined),
  ]);
  timeout.abort();
  return detail === cleanExit;
}

/** Where the system's own words would not help. */
const fileSystemReasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTEMPTY: 'its folder "postgres" holds something that is not a database',
};

/** An error of the file system as one line for the operator; any other error as it is. */
function explainFileError(error: unknown, layout: DataDirectoryLayout): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || 'address' in error) return error;
  const message = error.message.replace(/^E[A-Z]+: /, '');
  const known = fileSystemReasons[errorCode(error) ?? ''];
  const reason = known === undefined ? message : `${known} (${message})`;
  return new EmbeddedPostgresError(
    `The data directory ${layout.dataDirectory} cannot be used: ${reason}. ` +
      'Correct that, set MUSTER_DATA_DIR to another folder, or set DATABASE_URL to a PostgreSQL server.',
    { cause: error },
  );
}
