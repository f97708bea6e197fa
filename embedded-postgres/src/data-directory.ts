import { join, resolve } from 'node:path';

/** The embedded PostgreSQL cannot be used. The message is for the operator: what happened and what to do. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}

/** Another running Muster service uses this data directory. */
export class DataDirectoryInUseError extends EmbeddedPostgresError {
  override name = 'DataDirectoryInUseError';

  constructor(dataDirectory: string) {
    super(
      `Another Muster service is using the data directory ${dataDirectory}. ` +
        'Stop that service, or start this one with another --data-dir (MUSTER_DATA_DIR).',
    );
  }
}

/** Where the files of the embedded PostgreSQL are. All paths are absolute. */
export interface DataDirectoryLayout {
  readonly dataDirectory: string;
  /** The PostgreSQL cluster (PGDATA), mode 0700. */
  readonly cluster: string;
  /** A cluster that is being created has a folder with this prefix until it is complete. */
  readonly newClusterPrefix: string;
  /** The superuser's password, mode 0600. */
  readonly password: string;
  /** The server's log, mode 0600. */
  readonly log: string;
  /** Holds the path of the socket's folder when the cluster's own path is too long for a socket. */
  readonly socketRecord: string;
  /** PostgreSQL's own lock file. */
  readonly postmasterFile: string;
}

/** Throws when the path cannot be written into PostgreSQL's line-based files. */
export function layOutDataDirectory(dataDirectory: string): DataDirectoryLayout {
  const root = resolve(dataDirectory);
  if (/[\n\r\0]/.test(root)) {
    throw new EmbeddedPostgresError(
      `The data directory's name contains a line break: ${JSON.stringify(root)}. Set MUSTER_DATA_DIR to another folder.`,
    );
  }
  const cluster = join(root, 'postgres');
  return {
    dataDirectory: root,
    cluster,
    newClusterPrefix: `${cluster}.new-`,
    password: join(root, 'postgres-password'),
    log: join(root, 'postgres.log'),
    socketRecord: join(root, 'postgres-socket'),
    postmasterFile: join(cluster, 'postmaster.pid'),
  };
}

/** The `code` of a system or PostgreSQL error (ENOENT, 57P03); undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
