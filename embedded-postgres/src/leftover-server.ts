import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { embeddedUser, readPassword, type ClusterSetup } from './create-cluster.ts';
import { DataDirectoryInUseError, EmbeddedPostgresError, errorCode } from './data-directory.ts';
import {
  findPostmasterProcess,
  isSameFolder,
  readPostmasterFile,
  removeStalePostmasterFile,
  shutDownPostmaster,
  type PostmasterFile,
} from './postmaster.ts';
import { isPrivateDirectory } from './server-settings.ts';
import { closeQuietly, connectForMaintenance, tryServiceLock } from './service-lock.ts';

const pollMs = 20;
/** PostgreSQL writes its file right after creating it; one that stays empty was left by a crash or a full disk. */
const emptyFileMaxMs = 2000;
/** The lock of a service killed this moment lasts until its server notices the closed connection. */
const lockWaitMs = 500;
/** The server reads its clock a little after it has written its file: it sets up shared memory in between. */
const startTimeToleranceSeconds = 60;

/**
 * Makes sure that no server runs on this cluster. One left behind by a killed service is stopped, after its recovery.
 * Throws DataDirectoryInUseError when a running service holds the server. Never signals a process that has not proved,
 * over its own connection, to be the server of this cluster.
 */
export async function stopLeftoverServer(setup: ClusterSetup): Promise<void> {
  const { layout, host, log } = setup;
  const deadline = Date.now() + host.leftoverWaitMaxMs;
  let isAnnounced = false;
  for (;;) {
    const file = await readPostmasterFile(layout.postmasterFile);
    if (file === undefined || (await tryToStop(setup, file))) return;
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `A PostgreSQL server (process ${file.pid ?? 'unknown'}) runs on ${layout.cluster} and has neither become ready ` +
          `nor stopped within ${host.leftoverWaitMaxMs / 1000} s. Wait until it has recovered and start again, ` +
          'stop it, or use another --data-dir (MUSTER_DATA_DIR).',
      );
    }
    if (!isAnnounced) {
      isAnnounced = true;
      log('waiting for the PostgreSQL that is already running on the data directory to become ready or stop');
    }
    await delay(pollMs);
  }
}

/** True when no server is left; false to look again. */
async function tryToStop(setup: ClusterSetup, file: PostmasterFile): Promise<boolean> {
  const { layout } = setup;
  if (file.pid === undefined) {
    if (file.ageMs < emptyFileMaxMs) return false;
    await removeStalePostmasterFile(layout.postmasterFile, file);
    return true;
  }
  const server = await identifyServer(setup, file);
  if (server === 'busy') return false;
  const process = await findPostmasterProcess(file.pid, layout.cluster);
  if (typeof server === 'object') {
    try {
      return await stopIfUnused(setup, { client: server, file, pid: file.pid, process });
    } finally {
      await closeQuietly(server);
    }
  }
  if (process === 'possible') {
    if (server === 'silent') return false;
    throw new EmbeddedPostgresError(
      `A PostgreSQL server (process ${file.pid}) runs on ${layout.cluster} but does not accept the password in ` +
        `${layout.password}. Stop that server, or use another --data-dir (MUSTER_DATA_DIR).`,
    );
  }
  // PostgreSQL itself recognizes a dead pid, but not one that now belongs to another program.
  if (process === 'unrelated') await removeStalePostmasterFile(layout.postmasterFile, file);
  return true;
}

interface IdentifiedServer {
  readonly client: Client;
  readonly file: PostmasterFile;
  readonly pid: number;
  readonly process: Awaited<ReturnType<typeof findPostmasterProcess>>;
}

/** Stops our server, unless a running service holds it. False to look again. */
async function stopIfUnused(setup: ClusterSetup, found: IdentifiedServer): Promise<boolean> {
  const { layout } = setup;
  const deadline = Date.now() + lockWaitMs;
  for (;;) {
    // The connection is cut when another service has just stopped this server.
    const isFree = await tryServiceLock(found.client).catch(() => undefined);
    if (isFree === undefined) return false;
    if (isFree) break;
    if (Date.now() > deadline) throw new DataDirectoryInUseError(layout.dataDirectory);
    await delay(pollMs);
  }
  if (found.process !== 'possible') {
    // Its pid belongs to another container and cannot be signaled from here.
    throw new EmbeddedPostgresError(
      `A PostgreSQL server outside this container runs on ${layout.cluster}. ` +
        'Stop it there, or use another --data-dir (MUSTER_DATA_DIR).',
    );
  }
  setup.log('stopping the PostgreSQL that a killed service left running');
  await stopServer(setup, found);
  return true;
}

async function stopServer(
  { layout, binaries, host }: ClusterSetup,
  { file, pid }: IdentifiedServer,
): Promise<void> {
  const startedAt = Date.now();
  let isImmediate = false;
  await shutDownPostmaster(pid, 'fast', binaries).catch((error: unknown) => {
    if (errorCode(error) !== 'ESRCH') throw error; // It has just ended by itself.
  });
  for (;;) {
    const now = await readPostmasterFile(layout.postmasterFile);
    // The server updates its status in the file; another pid or start time means another server.
    if (now?.pid !== pid || now.startedAtSeconds !== file.startedAtSeconds) return;
    if (!isImmediate && Date.now() - startedAt > host.fastShutdownMaxMs) {
      isImmediate = true;
      await shutDownPostmaster(pid, 'immediate', binaries).catch(() => undefined);
    }
    // It may have died without removing its file.
    if ((await findPostmasterProcess(pid, layout.cluster)) !== 'possible') return;
    await delay(pollMs);
  }
}

/**
 * Connects to where a postmaster.pid says that a server listens. `silent`: nothing answers. `busy`: a server that is
 * starting, recovering or stopping. `stranger`: a server of another cluster, or one that refuses our password. A client:
 * the server of this cluster and this file; the caller closes it.
 */
async function identifyServer(
  { layout, runAs }: ClusterSetup,
  file: PostmasterFile,
): Promise<'silent' | 'busy' | 'stranger' | Client> {
  const { socketDirectory, port } = file;
  const isTrusted = socketDirectory === '' || (await isPrivateDirectory(socketDirectory, runAs));
  const host = isTrusted ? socketDirectory || file.listenAddress : '';
  if (host === '' || port === undefined) return 'silent';
  const password = await readPassword(layout);
  let client: Client;
  try {
    client = await connectForMaintenance({ host, port, user: embeddedUser, password });
  } catch (error) {
    return interpretRefusal(error);
  }
  // If the connection is cut here, the server is just being stopped.
  const isOurs = await isServerOf(client, layout.cluster, file).catch(() => undefined);
  if (isOurs === true) return client;
  await closeQuietly(client);
  return isOurs === false ? 'stranger' : 'busy';
}

function interpretRefusal(error: unknown): 'silent' | 'busy' | 'stranger' {
  const code = errorCode(error) ?? '';
  // cannot_connect_now and too_many_connections; admin_shutdown and a cut connection come from a server that is stopping.
  if (['57P03', '53300', '57P01', 'ECONNRESET'].includes(code)) return 'busy';
  // Any other code of five characters is a server's answer: a wrong password, an unknown user.
  return /^[0-9A-Z]{5}$/.test(code) && code !== 'EPIPE' ? 'stranger' : 'silent';
}

/** Undefined when the file has been replaced since it was read: the server has to be compared with its own file. */
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
  return late >= -1 && late <= startTimeToleranceSeconds;
}
