import { setTimeout } from 'node:timers/promises';

import type { Client } from 'pg';

import { connectForMaintenance, type PostgresConnection } from './connection.ts';
import type { DataDirectoryLayout } from './data-directory-layout.ts';
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
import { cleanExit, type ServerProcess } from './server-process.ts';
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
    lock = await takeLock(setup, { connection, server, report });
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

interface Report {
  now(detail: string): void;
  silence(): void;
}

function reportOnce(listener: (detail: string) => void): Report {
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

/** Throws DataDirectoryInUseError when another service, having found our server without a lock, is stopping it. */
async function takeLock(
  { layout }: ClusterSetup,
  { connection, server, report }: { connection: PostgresConnection; server: ServerProcess; report: Report },
): Promise<ServiceLock> {
  const inUse = new DataDirectoryInUseError(layout.dataDirectory);
  const connect = (): Promise<Client> => connectForMaintenance(connection);
  let isLocked = false;
  try {
    const client = await connect();
    isLocked = await tryServiceLock(client);
    if (!isLocked) throw inUse;
    // Whoever stops a server holds its lock, and loses it with the session that the stop ends: the lock alone proves
    // nothing. A server that is being stopped takes no new session.
    await (await connect()).end();
    await prepareDatabase(client);
    return keepServiceLock(client, { connect, onTaken: () => report.now(inUse.message) });
  } catch (error) {
    const isShutDown = !isLocked || shutdownCodes.has(errorCode(error) ?? '');
    if (error === inUse || (isShutDown && (await endsByItself(server)))) throw inUse;
    throw notPrepared(layout, error);
  }
}

/** What a session, or an attempt at one, meets when the server is being shut down. */
const shutdownCodes = new Set(['57P01', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'ENOENT']);

const endingMaxMs = 10_000;

/** Whether the server is being shut down cleanly, though not by us. */
async function endsByItself(server: ServerProcess): Promise<boolean> {
  const timeout = new AbortController();
  const detail = await Promise.race([
    server.exited,
    setTimeout(endingMaxMs, undefined, { signal: timeout.signal }).catch(() => undefined),
  ]);
  timeout.abort();
  return detail === cleanExit;
}

function notPrepared(layout: DataDirectoryLayout, error: unknown): EmbeddedPostgresError {
  const message = error instanceof Error ? error.message : String(error);
  return new EmbeddedPostgresError(
    errorCode(error) === '28P01'
      ? `The database in ${layout.cluster} does not accept the password in ${layout.password}. ` +
          'Put back the password file that belongs to it.'
      : `The database in ${layout.cluster} cannot be prepared: ${message}`,
    { cause: error },
  );
}
