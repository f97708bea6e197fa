import { chmod, mkdir } from 'node:fs/promises';

import { layOutDataDirectory, type DataDirectoryLayout } from './data-directory-layout.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { errorCode } from './error-code.ts';
import { openDataDirectory } from './hand-over.ts';
import { thisHost, type Host } from './host.ts';
import { initialiseCluster, readClusterVersion, type ClusterSetup } from './initialise-cluster.ts';
import { chooseRunAs } from './run-as-unprivileged.ts';
import { serveCluster, type EmbeddedPostgres } from './serve-cluster.ts';

export type { PostgresConnection } from './connection.ts';
export type { EmbeddedPostgres } from './serve-cluster.ts';

export interface EmbeddedPostgresOptions {
  /** Muster's data directory; created, mode 0700, when it is missing. */
  readonly dataDirectory: string;
  readonly log?: (message: string) => void;
  /** Called once if the server ends, or is taken over, without stop(). */
  readonly onUnexpectedExit?: (detail: string) => void;
  /** Parts of the machine to replace; for tests. */
  readonly host?: Partial<Host>;
}

/**
 * Starts (on a new directory: creates) the PostgreSQL of this data directory. A server left by a killed service is stopped
 * first. Throws EmbeddedPostgresError, one message that says what to do; DataDirectoryInUseError when another live service
 * uses the directory.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const layout = layOutDataDirectory(options.dataDirectory);
  const { log = () => undefined, onUnexpectedExit = () => undefined } = options;
  const host: Host = { ...thisHost(), ...options.host };
  try {
    const setup = await prepareCluster(layout, host, log);
    return await serveCluster(setup, { host, log, onUnexpectedExit });
  } catch (error) {
    throw explain(error, layout);
  }
}

async function prepareCluster(
  layout: DataDirectoryLayout,
  host: Host,
  log: (message: string) => void,
): Promise<ClusterSetup> {
  const binaries = await host.locateBinaries();
  const created = await mkdir(layout.dataDirectory, { recursive: true, mode: 0o700 });
  // A folder that was there keeps its mode: it may be shared. What is secret in it is closed by itself.
  if (created !== undefined) await chmod(layout.dataDirectory, 0o700);
  const runAs = await chooseRunAs({ layout, binaries, probe: host.probeRunAs });
  await openDataDirectory(layout, runAs);
  const setup: ClusterSetup = { layout, binaries, runAs };
  if ((await readClusterVersion(layout)) === undefined) {
    log(`creating a PostgreSQL ${binaries.majorVersion} database in ${layout.dataDirectory}`);
    await initialiseCluster(setup);
  }
  await requireSameVersion(setup);
  return setup;
}

async function requireSameVersion({ layout, binaries }: ClusterSetup): Promise<void> {
  const found = await readClusterVersion(layout);
  if (found === String(binaries.majorVersion)) return;
  throw new EmbeddedPostgresError(
    `${layout.cluster} was written by PostgreSQL ${found}, and this Muster brings PostgreSQL ${binaries.majorVersion}. ` +
      `Move the data with pg_dump from a PostgreSQL ${found} server, or start on another MUSTER_DATA_DIR, ` +
      `or set DATABASE_URL to a PostgreSQL ${found} server that has the data.`,
  );
}

/** File system errors become one line; anything unforeseen stays as it is. */
function explain(error: unknown, layout: DataDirectoryLayout): unknown {
  const code = errorCode(error);
  const reason = code === undefined ? undefined : fileSystemReasons[code];
  if (reason === undefined || !(error instanceof Error)) return error;
  return new EmbeddedPostgresError(
    `The data directory ${layout.dataDirectory} cannot be used: ${reason} (${error.message}). ` +
      'Set that right, set MUSTER_DATA_DIR to another folder, or set DATABASE_URL to a PostgreSQL server.',
    { cause: error },
  );
}

const fileSystemReasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'it is read-only',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a file is in its place',
  ENOTEMPTY: 'its folder "postgres" holds something that is not a database',
  ENAMETOOLONG: 'its name is too long',
  EIO: 'the disk reports an error',
};
