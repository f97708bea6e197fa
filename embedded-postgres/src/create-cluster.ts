import { randomBytes } from 'node:crypto';
import { link, mkdtemp, open, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PostgresBinaries } from './binaries.ts';
import { EmbeddedPostgresError, errorCode, type DataDirectoryLayout } from './data-directory.ts';
import { changeOwner, runAsToEnd, type RunAs, type RunAsProbe } from './run-as.ts';
import { postgresqlConf } from './server-settings.ts';

/** The superuser of an embedded cluster, and the name of the service's database. */
export const embeddedUser = 'muster';

/** What the machine offers. Tests replace parts of it. */
export interface Host {
  readonly locateBinaries: () => Promise<PostgresBinaries>;
  readonly probeRunAs: RunAsProbe;
  readonly hasUnixSockets: boolean;
  readonly temporaryDirectory: string;
  /** How long a server left by a killed service may take to recover or stop. Milliseconds. */
  readonly leftoverWaitMaxMs: number;
  /** How long a clean shutdown may take; then the server is stopped at once, and the next start recovers. Milliseconds. */
  readonly fastShutdownMaxMs: number;
  /** How long an immediate shutdown may take after that; then the server is killed. Milliseconds. */
  readonly immediateShutdownMaxMs: number;
}

/** All that is known before the server starts. */
export interface ClusterSetup {
  readonly layout: DataDirectoryLayout;
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs;
  readonly host: Host;
  readonly log: (message: string) => void;
}

/**
 * Creates the cluster in a folder of its own and moves it into place when it is complete. A start that is killed leaves
 * no half cluster, and of two services that start together one creates the cluster and the other uses it.
 */
export async function createCluster(setup: ClusterSetup): Promise<void> {
  const { layout, runAs } = setup;
  const draft = await mkdtemp(layout.newClusterPrefix);
  try {
    const passwordFile = join(draft, 'password');
    await publishPassword(layout, passwordFile);
    await changeOwner(draft, runAs);
    const cluster = join(draft, 'cluster');
    await runInitdb(setup, cluster, passwordFile);
    await writeDurably(join(cluster, 'postgresql.conf'), postgresqlConf);
    await rename(cluster, layout.cluster);
    await syncDirectory(layout.dataDirectory);
  } catch (error) {
    // A faster service may have created the cluster meanwhile, and removed our unfinished one.
    if ((await readClusterVersion(layout)) === undefined) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Removes what killed first starts left behind. Only for the service that holds the lock. */
export async function removeUnfinishedClusters(layout: DataDirectoryLayout): Promise<void> {
  const prefix = basename(layout.newClusterPrefix);
  for (const name of await readdir(layout.dataDirectory)) {
    if (!name.startsWith(prefix)) continue;
    // A slower service may still be writing there; what then remains is removed at the next start.
    await rm(join(layout.dataDirectory, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The major version that wrote the cluster, from its PG_VERSION; undefined where there is no cluster. */
export async function readClusterVersion(layout: DataDirectoryLayout): Promise<string | undefined> {
  return (await readIfThere(join(layout.cluster, 'PG_VERSION')))?.trim();
}

/** Throws when the file is missing or empty. */
export async function readPassword(layout: DataDirectoryLayout): Promise<string> {
  const password = (await readIfThere(layout.password))?.trim();
  if (password) return password;
  throw new EmbeddedPostgresError(
    `${layout.password} is missing or empty, and only it opens the database in ${layout.dataDirectory}. ` +
      'Put it back from a backup, or use another MUSTER_DATA_DIR.',
  );
}

/** Written before the cluster, so that no cluster is ever without a password. An existing password is kept. */
async function publishPassword(layout: DataDirectoryLayout, draft: string): Promise<void> {
  await writeDurably(draft, randomBytes(32).toString('base64url'));
  try {
    await link(draft, layout.password);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  const password = await readPassword(layout);
  // initdb gets a copy that its account can own; the published file stays ours.
  await rm(draft);
  await writeDurably(draft, password);
}

async function runInitdb(
  { binaries, runAs, layout }: ClusterSetup,
  cluster: string,
  passwordFile: string,
): Promise<void> {
  const command = [
    binaries.initdb,
    `--pgdata=${cluster}`,
    `--username=${embeddedUser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Byte order as in C, but letters beyond ASCII have a case; independent of the host's C library.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const failure = await runAsToEnd(runAs, command, dirname(cluster));
  if (failure === undefined) return;
  throw new EmbeddedPostgresError(
    `PostgreSQL could not create its files in ${layout.dataDirectory}: ${failure.split('\n').slice(-8).join('\n')}`,
  );
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
}

async function writeDurably(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flush: true, mode: 0o600 });
}

/** Makes a rename survive a power failure. Windows neither has this call nor needs it. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
