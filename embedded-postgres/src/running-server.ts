import { stat } from 'node:fs/promises';
import type { Client } from 'pg';

import { closeQuietly, connectForMaintenance, maintenanceDatabase } from './connection.ts';
import { errorCode } from './error-code.ts';
import { embeddedUser, readPassword, type ClusterSetup } from './initialise-cluster.ts';
import type { PostmasterFile } from './postmaster-file.ts';
import { isPrivateDirectory } from './socket-directory.ts';

/** The server's clock is read a little after its file is written: setting up shared memory lies between. */
const startTimeSlackSeconds = 60;

/** What answers where a postmaster.pid says that a server listens. */
export type RunningServer =
  /** Nothing. */
  | { readonly kind: 'silent' }
  /** A server that is starting, recovering or stopping. */
  | { readonly kind: 'busy' }
  /** A server that is not the one of this file, or does not know our password. */
  | { readonly kind: 'stranger' }
  /** The server of this cluster and this file. The caller closes the connection. */
  | { readonly kind: 'ours'; readonly client: Client };

/** Recognises our server by its password, its cluster and its start time: a pid alone says nothing. */
export async function greetRunningServer(setup: ClusterSetup, file: PostmasterFile): Promise<RunningServer> {
  const host = await findHost(setup, file);
  if (host === undefined || file.port === undefined) return { kind: 'silent' };
  const password = await readPassword(setup.layout);
  let client: Client;
  try {
    client = await connectForMaintenance({
      host,
      port: file.port,
      user: embeddedUser,
      password,
      database: maintenanceDatabase,
    });
  } catch (error) {
    return { kind: judgeRefusal(error) };
  }
  // A connection cut here is that of a server just being stopped.
  const isOurs = await isServerOf(client, setup.layout.cluster, file).catch(() => undefined);
  if (isOurs === true) return { kind: 'ours', client };
  await closeQuietly(client);
  return { kind: isOurs === false ? 'stranger' : 'busy' };
}

/** A socket is only trusted in a folder closed to others: whoever listens there is sent a proof of our password. */
async function findHost({ runAs }: ClusterSetup, file: PostmasterFile): Promise<string | undefined> {
  if (file.socketDirectory === '') return file.listenAddress || undefined;
  return (await isPrivateDirectory(file.socketDirectory, runAs)) ? file.socketDirectory : undefined;
}

function judgeRefusal(error: unknown): 'silent' | 'busy' | 'stranger' {
  const code = errorCode(error);
  // cannot_connect_now; admin_shutdown and a cut connection come from a server that is just stopping.
  if (code === '57P03' || code === '57P01' || code === 'ECONNRESET' || code === '53300') return 'busy';
  if (code === 'ECONNREFUSED' || code === 'ENOENT') return 'silent';
  // Any other five-character code is a server's answer: a wrong password, an unknown user, no such database.
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code) && code !== 'EPIPE') return 'stranger';
  return 'silent';
}

/** Undefined when the file has been replaced since it was read: its server is to be judged by its own file. */
async function isServerOf(
  client: Client,
  cluster: string,
  file: PostmasterFile,
): Promise<boolean | undefined> {
  const { rows } = await client.query<{ directory: string; started_at: string; pid: string }>(
    `select current_setting('data_directory') as directory,
            extract(epoch from pg_postmaster_start_time())::bigint::text as started_at,
            split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`,
  );
  const [row] = rows;
  if (row === undefined || file.startedAtSeconds === undefined) return false;
  if (!(await isSameFolder(row.directory, cluster))) return false;
  if (Number(row.pid) !== file.pid) return undefined;
  const late = Number(row.started_at) - file.startedAtSeconds;
  return late >= -1 && late <= startTimeSlackSeconds;
}

async function isSameFolder(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map((path) => stat(path, { bigint: true }).catch(() => undefined)),
  );
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}
