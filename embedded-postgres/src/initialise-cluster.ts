import { randomBytes } from 'node:crypto';
import { link, mkdtemp, open, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import type { DataDirectoryLayout } from './data-directory-layout.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { errorCode } from './error-code.ts';
import { giveTo } from './hand-over.ts';
import type { PostgresBinaries } from './locate-binaries.ts';
import { spawnAs, type RunAs } from './run-as-unprivileged.ts';
import { postgresqlConf } from './server-settings.ts';

/** The superuser of an embedded cluster, and the name of the service's database. */
export const embeddedUser = 'muster';

export interface ClusterSetup {
  readonly layout: DataDirectoryLayout;
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs;
}

/**
 * Creates the cluster if there is none. It is made in a folder of its own and moved into place when whole, so a start
 * that is killed leaves none, and of two services starting together one makes the cluster and the other finds it.
 */
export async function initialiseCluster(setup: ClusterSetup): Promise<void> {
  const { layout, runAs } = setup;
  const workshop = await mkdtemp(layout.newClusterPrefix);
  try {
    const passwordFile = join(workshop, 'password');
    await publishPassword(layout, passwordFile);
    await giveTo(workshop, runAs);
    const cluster = join(workshop, 'cluster');
    await runInitdb(setup, { cluster, passwordFile });
    await writeDurably(join(cluster, 'postgresql.conf'), postgresqlConf);
    await rename(cluster, layout.cluster);
    await syncDirectory(layout.dataDirectory);
  } catch (error) {
    // A faster service may have made the cluster meanwhile, and removed our unfinished one.
    if ((await readClusterVersion(layout)) === undefined) throw error;
  } finally {
    await rm(workshop, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** What a killed first start left behind. Only for the service that holds the lock. */
export async function removeUnfinishedClusters(layout: DataDirectoryLayout): Promise<void> {
  const prefix = basename(layout.newClusterPrefix);
  for (const name of await readdir(layout.dataDirectory)) {
    if (!name.startsWith(prefix)) continue;
    // A losing service may still be writing there; what then remains goes at the next start.
    await rm(join(layout.dataDirectory, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The major version that wrote the cluster, as in its PG_VERSION; undefined where there is no cluster. */
export async function readClusterVersion(layout: DataDirectoryLayout): Promise<string | undefined> {
  const text = await readFile(join(layout.cluster, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  return text?.trim();
}

/** The password comes before the cluster, so no cluster is ever without one. A password that exists is kept. */
async function publishPassword(layout: DataDirectoryLayout, draft: string): Promise<void> {
  await writeDurably(draft, randomBytes(32).toString('base64url'));
  try {
    await link(draft, layout.password);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  const password = await readPassword(layout);
  // A copy of its own: the draft is given to the account that runs initdb, the published file stays ours.
  await rm(draft);
  await writeDurably(draft, password);
}

/** Throws when the file is missing or empty. */
export async function readPassword(layout: DataDirectoryLayout): Promise<string> {
  const password = await readFile(layout.password, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  });
  if (password.trim() !== '') return password.trim();
  throw new EmbeddedPostgresError(
    `${layout.password} is missing or empty, and only it opens the database in ${layout.dataDirectory}. ` +
      'Put it back from a backup, or use another MUSTER_DATA_DIR.',
  );
}

async function runInitdb(
  { binaries, runAs, layout }: ClusterSetup,
  { cluster, passwordFile }: { cluster: string; passwordFile: string },
): Promise<void> {
  const command = [
    binaries.initdb,
    `--pgdata=${cluster}`,
    `--username=${embeddedUser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Byte order as in C, but letters beyond ASCII have a case; it never changes with the host's C library.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const child = spawnAs(runAs, command, { stdio: ['ignore', 'ignore', 'pipe'], cwd: dirname(cluster) });
  const complaint: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => complaint.push(chunk));
  const failure = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      const text = Buffer.concat(complaint).toString('utf8').trim();
      resolve(code === 0 ? undefined : text || `initdb ended with ${signal ?? `exit status ${code}`}`);
    });
  });
  if (failure === undefined) return;
  throw new EmbeddedPostgresError(
    `PostgreSQL could not create its files in ${layout.dataDirectory}: ${failure.split('\n').slice(-8).join('\n')}`,
  );
}

async function writeDurably(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flush: true, mode: 0o600 });
}

/** Makes a rename last through a power cut. Windows has no such call, and needs none. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
