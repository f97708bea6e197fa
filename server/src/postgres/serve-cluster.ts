import { connectForMaintenance, type PostgresConnection } from './connection.ts';
import { DataDirectoryInUseError, EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { errorCode } from './error-code.ts';
import type { Host } from './host.ts';
import {
  embeddedUser,
  readPassword,
  removeUnfinishedClusters,
  type ClusterSetup,
} from './initialise-cluster.ts';
import { prepareDatabase } from './prepare-database.ts';
import { keepServiceLock, tryServiceLock, type ServiceLock } from './service-lock.ts';
import { startServer } from './start-server.ts';
import { removeSocketDirectory, socketPort } from './socket-directory.ts';

/** A running PostgreSQL of one data directory. */
export interface EmbeddedPostgres {
  /** Options for a pg Pool or Client. */
  readonly connection: PostgresConnection;
  /** Stops the server cleanly (fast shutdown) and releases the directory. Safe to call twice. */
  stop(): Promise<void>;
}

interface ServeOptions {
  readonly host: Host;
  readonly log: (message: string) => void;
  readonly onUnexpectedExit: (detail: string) => void;
}

/** Starts the server of an existing cluster and takes the service lock on it. */
export async function serveCluster(setup: ClusterSetup, options: ServeOptions): Promise<EmbeddedPostgres> {
  const started = await startServer(setup, options);
  const { server, file } = started;
  const connection: PostgresConnection = {
    // As the server itself says: another service starting at this moment may have rewritten the settings.
    host: file.socketDirectory || file.listenAddress,
    port: file.port ?? socketPort,
    user: embeddedUser,
    password: await readPassword(setup.layout),
    database: embeddedUser,
  };
  const report = reportOnce(options.onUnexpectedExit);
  let lock: ServiceLock;
  try {
    lock = await takeLock(setup, connection, report.now);
  } catch (error) {
    await server.stop(options.host.fastShutdownMaxMs);
    throw error;
  }
  await removeUnfinishedClusters(setup.layout);
  const reportExit = async (): Promise<void> => {
    const detail = await server.exited;
    await lock.release();
    report.now(`PostgreSQL ended unexpectedly (${detail}): ${await started.tail()}`);
  };
  void reportExit();
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    report.silence();
    await server.stop(options.host.fastShutdownMaxMs);
    await lock.release();
    await removeSocketDirectory(setup.layout, file.socketDirectory);
  };
  return { connection, stop: () => (stopped ??= stop()) };
}

function reportOnce(listener: (detail: string) => void): { now(detail: string): void; silence(): void } {
  let isDone = false;
  return {
    now(detail) {
      if (isDone) return;
      isDone = true;
      listener(detail);
    },
    silence() {
      isDone = true;
    },
  };
}

/** What a connection to our own server says when another service, having found it without a lock, is stopping it. */
const stoppedByAnother = new Set(['57P01', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE']);

async function takeLock(
  { layout }: ClusterSetup,
  connection: PostgresConnection,
  report: (detail: string) => void,
): Promise<ServiceLock> {
  const inUse = new DataDirectoryInUseError(layout.dataDirectory);
  try {
    const client = await connectForMaintenance(connection);
    if (!(await tryServiceLock(client))) throw inUse;
    await prepareDatabase(client);
    return keepServiceLock(client, {
      connect: () => connectForMaintenance(connection),
      onTaken: () => report(inUse.message),
    });
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (stoppedByAnother.has(code)) throw inUse;
    if (!(error instanceof Error) || error === inUse) throw error;
    throw new EmbeddedPostgresError(
      code === '28P01'
        ? `The database in ${layout.cluster} does not accept the password in ${layout.password}. Put back the password file that belongs to it.`
        : `The database in ${layout.cluster} cannot be prepared: ${error.message}`,
      { cause: error },
    );
  }
}
