import { join, resolve } from 'node:path';

import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** Where everything of the embedded PostgreSQL lies inside Muster's data directory. All paths are absolute. */
export interface DataDirectoryLayout {
  readonly dataDirectory: string;
  /** The PostgreSQL cluster (PGDATA), mode 0700. */
  readonly cluster: string;
  /** A cluster being created lies in a folder with this prefix until it is whole. */
  readonly newClusterPrefix: string;
  /** The superuser's password, mode 0600. */
  readonly password: string;
  /** The server's log, mode 0600. */
  readonly log: string;
  /** Names the socket directory when the cluster's own path is too long for a socket. */
  readonly socketRecord: string;
  /** PostgreSQL's own lock file: pid, start time, socket, state. */
  readonly postmasterFile: string;
}

/** Throws when the folder's name cannot be written into PostgreSQL's line-based files. */
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
