import { chmod, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the server listens: a Unix socket in a private folder or, where there are none, the loopback address. */
export type ServerEndpoint =
  | { readonly kind: 'socket'; readonly directory: string; readonly port: number }
  | { readonly kind: 'loopback'; readonly port: number };

/** The whole postgresql.conf of a new cluster. Written once, so an operator's own lines stay. */
export const postgresqlConf = `# Muster writes muster.conf anew at each start. Lines below the include are yours, and win.
include 'muster.conf'
`;

const fixedSettings = `# Written by Muster at each start: changes here are lost. Put yours into postgresql.conf, below the include.

# Nothing that was answered may be lost.
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
# The shipped binaries have neither lz4 nor zstd, and pglz makes no page of random keys smaller, slowly
# (docs/decisions/0005-store.md).
wal_compression = off
# A bulk load keeps the log files it has made, for the next one: making one anew costs more than writing it.
max_wal_size = 2GB
min_wal_size = 2GB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
# Parallel queries need /dev/shm, which is 64 MB in a container; the statements here are short.
max_parallel_workers_per_gather = 0

# The log goes to postgres.log through standard error. Values of rows stay out of it: no statements, no details, no parameters.
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

export function renderServerSettings(endpoint: ServerEndpoint): string {
  const listen =
    endpoint.kind === 'socket'
      ? `listen_addresses = ''
unix_socket_directories = ${quoteDirectory(endpoint.directory)}
unix_socket_permissions = 0700`
      : `listen_addresses = '127.0.0.1'
unix_socket_directories = ''`;
  return `${fixedSettings}\n${listen}\nport = ${endpoint.port}\n`;
}

/** A list of directories inside a string: double quotes keep commas, both kinds of quote are doubled. */
function quoteDirectory(directory: string): string {
  const listItem = `"${directory.replaceAll('"', '""')}"`;
  return `'${listItem.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** Replaced in one step: a server starting at this moment reads either the old or the new file. */
export async function writeServerSettings(cluster: string, endpoint: ServerEndpoint): Promise<void> {
  const path = join(cluster, 'muster.conf');
  const next = `${path}.${process.pid}`;
  await writeFile(next, renderServerSettings(endpoint));
  // Readable by the account that runs the server, whatever our umask; the folder around it is closed to all others.
  await chmod(next, 0o644);
  await rename(next, path);
}
