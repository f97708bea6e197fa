import {
  chmod,
  lchown,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { EmbeddedPostgresError, type DataDirectoryLayout } from './data-directory.ts';
import type { RunAs } from './run-as.ts';

/** Where the server listens: a Unix socket in a private folder or, where there are no sockets, the loopback address. */
export type ServerEndpoint =
  | { readonly kind: 'socket'; readonly directory: string; readonly port: number }
  | { readonly kind: 'loopback'; readonly port: number };

/** The whole postgresql.conf of a new cluster. Written once, so an operator's own lines stay. */
export const postgresqlConf = `# Muster rewrites muster.conf at each start. Your own settings go below the include and take precedence.
include 'muster.conf'
`;

/**
 * Before it recovers, PostgreSQL syncs what a crash left unwritten: by default it opens each of the cluster's files, which
 * took up to 1.2 s on a busy machine of two cores; one call for the file system took 0.05 s.
 */
const fastRecovery = process.platform === 'linux' ? 'recovery_init_sync_method = syncfs' : '';

const fixedSettings = `# Rewritten by Muster at each start. Put your own settings into postgresql.conf, below the include.

# Nothing that a response has promised may be lost.
fsync = on
synchronous_commit = on
full_page_writes = on

# A small service with bulk loads.
max_connections = 100
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 128MB
wal_buffers = 16MB
# The binaries have neither lz4 nor zstd; pglz is slow and does not shrink pages of random keys
# (bench/notes/store.md).
wal_compression = off
# The log files of a bulk load are kept for the next one: creating a file costs more than overwriting it.
max_wal_size = 2GB
min_wal_size = 2GB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
${fastRecovery}
# Parallel queries need /dev/shm, which is 64 MB in a container; the statements here are short.
max_parallel_workers_per_gather = 0

# The log goes to postgres.log through standard error. It holds no values of rows: no statements, details or parameters.
logging_collector = off
log_destination = 'stderr'
log_line_prefix = '%m [%p] '
log_timezone = 'UTC'
log_checkpoints = off
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_statement = 'none'

cluster_name = 'muster'
timezone = 'UTC'
lc_messages = 'C'
password_encryption = 'scram-sha-256'
`;

function renderServerSettings(endpoint: ServerEndpoint): string {
  const listen =
    endpoint.kind === 'socket'
      ? `listen_addresses = ''
unix_socket_directories = ${quoteDirectory(endpoint.directory)}
unix_socket_permissions = 0700`
      : `listen_addresses = '127.0.0.1'
unix_socket_directories = ''`;
  return `${fixedSettings}\n${listen}\nport = ${endpoint.port}\n`;
}

/** A list of directories inside a string: double quotes protect commas, and quotes of both kinds are doubled. */
function quoteDirectory(directory: string): string {
  const listItem = `"${directory.replaceAll('"', '""')}"`;
  return `'${listItem.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** Replaces the file in one step: a server that starts at this moment reads either the old or the new one. */
export async function writeServerSettings(cluster: string, endpoint: ServerEndpoint): Promise<void> {
  const path = join(cluster, 'muster.conf');
  const next = `${path}.${process.pid}`;
  await writeFile(next, renderServerSettings(endpoint));
  // The account that runs the server must read it, whatever our umask; the folder is closed to all others.
  await chmod(next, 0o644);
  await rename(next, path);
}

/** The port only names the socket's file, so it can be the same everywhere. */
export const socketPort = 5432;

/** sockaddr_un.sun_path without its final zero byte. */
const socketPathMaxBytes = process.platform === 'linux' ? 107 : 103;

/** A free port of the loopback address. */
export async function findFreePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/**
 * The folder for the server's socket: the cluster itself or, where that makes the socket's path too long, a private
 * folder in the temporary directory. Its path is recorded in the data directory, so that the next start finds it.
 */
export async function openSocketDirectory(
  layout: DataDirectoryLayout,
  runAs: RunAs,
  temporaryDirectory: string,
): Promise<string> {
  if (fitsSocket(layout.cluster)) return layout.cluster;
  const recorded = await readSocketRecord(layout);
  if (recorded !== undefined) {
    await mkdir(recorded, { mode: 0o700 }).catch(() => undefined);
    await changeOwnerIfOurs(recorded, runAs);
    if (await isPrivateDirectory(recorded, runAs)) return recorded;
    // Another account has taken the name meanwhile.
    await rm(layout.socketRecord, { force: true });
  }
  return createSocketDirectory(layout, runAs, temporaryDirectory);
}

async function createSocketDirectory(
  layout: DataDirectoryLayout,
  runAs: RunAs,
  temporaryDirectory: string,
): Promise<string> {
  const parent = [temporaryDirectory, '/tmp'].find((folder) => fitsSocket(join(folder, 'muster-XXXXXX')));
  if (parent === undefined) {
    throw new EmbeddedPostgresError(
      `The path of ${layout.dataDirectory} is too long for a Unix socket, and so is that of ${temporaryDirectory}. ` +
        'Set MUSTER_DATA_DIR to a shorter path, or set DATABASE_URL to a PostgreSQL server.',
    );
  }
  const directory = await mkdtemp(join(parent, 'muster-'));
  await changeOwnerIfOurs(directory, runAs);
  const draft = `${layout.socketRecord}.${process.pid}`;
  await writeFile(draft, directory, { mode: 0o600 });
  try {
    // Unlike a rename, a link never replaces the record of a service that was faster.
    await link(draft, layout.socketRecord);
    return directory;
  } catch (error) {
    await rmdir(directory);
    const recorded = await readSocketRecord(layout);
    if (recorded === undefined) throw error;
    return recorded;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes a folder that openSocketDirectory created in the temporary directory. */
export async function removeSocketDirectory(layout: DataDirectoryLayout, directory: string): Promise<void> {
  if (directory === layout.cluster || directory === '') return;
  await rm(layout.socketRecord, { force: true });
  // The server has removed its socket. If anything else is in there, it is not ours to delete.
  await rmdir(directory).catch(() => undefined);
}

/** We send a proof of the password to whoever listens there, so the folder must be closed to other accounts. */
export async function isPrivateDirectory(directory: string, runAs: RunAs): Promise<boolean> {
  const found = await lstat(directory).catch(() => undefined);
  if (found === undefined || !found.isDirectory() || (found.mode & 0o077) !== 0) return false;
  return found.uid === (runAs.account?.uid ?? process.geteuid?.());
}

async function changeOwnerIfOurs(directory: string, { account }: RunAs): Promise<void> {
  const found = account && (await lstat(directory).catch(() => undefined));
  if (account && found?.isDirectory() && found.uid === process.geteuid?.()) {
    await lchown(directory, account.uid, account.gid);
  }
}

async function readSocketRecord(layout: DataDirectoryLayout): Promise<string | undefined> {
  const text = await readFile(layout.socketRecord, 'utf8').catch(() => '');
  return text.startsWith('/') ? text : undefined;
}

function fitsSocket(directory: string): boolean {
  return Buffer.byteLength(join(directory, `.s.PGSQL.${socketPort}`)) <= socketPathMaxBytes;
}
