import type { Client } from 'pg';

import { closeQuietly } from './connection.ts';
import { DataDirectoryInUseError, EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { errorCode } from './error-code.ts';
import type { Host } from './host.ts';
import type { ClusterSetup } from './initialise-cluster.ts';
import { readPostmasterFile, removeStalePostmasterFile, type PostmasterFile } from './postmaster-file.ts';
import { judgePostmaster, shutDownPostmaster, type PostmasterProcess } from './postmaster-process.ts';
import { greetRunningServer } from './running-server.ts';
import { tryServiceLock } from './service-lock.ts';

const pollMs = 20;
/** PostgreSQL creates its file and writes it at once; one that stays empty was left by a crash or a full disk. */
const emptyFileMaxMs = 2000;
const lockWaitMs = 500;

export interface SettleOptions {
  readonly host: Pick<Host, 'orphanWaitMaxMs' | 'fastShutdownMaxMs'>;
  readonly log: (message: string) => void;
}

/**
 * Makes sure that no server runs on this cluster. One left by a killed service is stopped; while it recovers it is waited
 * for. Throws DataDirectoryInUseError when a live service holds the server. Never signals a process that has not
 * proved, over its own connection, to be the server of this cluster.
 */
export async function settleRunningServer(setup: ClusterSetup, options: SettleOptions): Promise<void> {
  const deadline = Date.now() + options.host.orphanWaitMaxMs;
  let isAnnounced = false;
  for (;;) {
    const file = await readPostmasterFile(setup.layout.postmasterFile);
    if (file === undefined || (await settleOnce(setup, file, options))) return;
    if (Date.now() > deadline) throw notSettled(setup, file, options);
    if (!isAnnounced) {
      isAnnounced = true;
      options.log(
        'waiting for the PostgreSQL that is already running on the data directory to become ready or stop',
      );
    }
    await delay(pollMs);
  }
}

/** True when no server is left; false to look again. */
async function settleOnce(
  setup: ClusterSetup,
  file: PostmasterFile,
  options: SettleOptions,
): Promise<boolean> {
  const { layout } = setup;
  if (file.pid === undefined) {
    if (file.ageMs < emptyFileMaxMs) return false;
    await removeStalePostmasterFile(layout.postmasterFile, file);
    return true;
  }
  const server = await greetRunningServer(setup, file);
  if (server.kind === 'busy') return false;
  const process = await judgePostmaster(file.pid, layout.cluster);
  if (server.kind === 'ours') {
    try {
      return await takeDown(setup, { client: server.client, file, pid: file.pid, process }, options);
    } finally {
      await closeQuietly(server.client);
    }
  }
  if (process === 'possible') {
    if (server.kind === 'silent') return false;
    throw new EmbeddedPostgresError(
      `A PostgreSQL server (process ${file.pid}) runs on ${layout.cluster} but does not accept the password in ` +
        `${layout.password}. Stop that server, or use another --data-dir (MUSTER_DATA_DIR).`,
    );
  }
  // PostgreSQL itself sees through a dead pid, but not through one that now belongs to another program.
  if (process === 'unrelated') await removeStalePostmasterFile(layout.postmasterFile, file);
  return true;
}

interface ProvenServer {
  readonly client: Client;
  readonly file: PostmasterFile;
  readonly pid: number;
  readonly process: PostmasterProcess;
}

/** Stops a server that is ours, unless a live service holds it. False to look again. */
async function takeDown(
  setup: ClusterSetup,
  found: ProvenServer,
  { host, log }: SettleOptions,
): Promise<boolean> {
  // The connection is cut when another service has just taken this server down.
  const isFree = await tryServiceLockFor(found.client, lockWaitMs).catch(() => undefined);
  if (isFree === undefined) return false;
  if (!isFree) throw new DataDirectoryInUseError(setup.layout.dataDirectory);
  if (found.process !== 'possible') throw runsElsewhere(setup);
  log('stopping the PostgreSQL that a killed service left running');
  await stopOrphan(setup, found, host.fastShutdownMaxMs);
  return true;
}

/** The lock of a service killed this moment lasts until its server sees the closed connection. */
async function tryServiceLockFor(client: Client, waitMs: number): Promise<boolean> {
  const deadline = Date.now() + waitMs;
  while (!(await tryServiceLock(client))) {
    if (Date.now() > deadline) return false;
    await delay(pollMs);
  }
  return true;
}

async function stopOrphan(
  { layout, binaries }: ClusterSetup,
  { file, pid }: ProvenServer,
  fastMaxMs: number,
): Promise<void> {
  const startedAt = Date.now();
  try {
    await shutDownPostmaster(pid, 'fast', binaries);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error; // It has just ended by itself.
  }
  let isCutShort = false;
  for (;;) {
    const now = await readPostmasterFile(layout.postmasterFile);
    // The server rewrites its state in the file; another pid or start time is another server.
    if (now?.pid !== pid || now.startedAtSeconds !== file.startedAtSeconds) return;
    if (!isCutShort && Date.now() - startedAt > fastMaxMs) {
      isCutShort = true;
      await shutDownPostmaster(pid, 'immediate', binaries).catch(() => undefined);
    }
    // A server that died without removing its file left nothing that could be written to.
    if ((await judgePostmaster(pid, layout.cluster)) !== 'possible') return;
    await delay(pollMs);
  }
}

/** Its pid means nothing here, so it cannot be signalled: it may be another container's. */
function runsElsewhere({ layout }: ClusterSetup): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `A PostgreSQL server outside this container runs on ${layout.cluster}. ` +
      'Stop it there, or use another --data-dir (MUSTER_DATA_DIR).',
  );
}

function notSettled(
  { layout }: ClusterSetup,
  file: PostmasterFile,
  options: SettleOptions,
): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `A PostgreSQL server (process ${file.pid ?? 'unknown'}) runs on ${layout.cluster} and has neither become ready nor ` +
      `stopped within ${options.host.orphanWaitMaxMs / 1000} s. Wait until it has recovered and start again, stop it, ` +
      'or use another --data-dir (MUSTER_DATA_DIR).',
  );
}

async function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
