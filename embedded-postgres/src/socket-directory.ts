import { link, lstat, lchown, mkdir, mkdtemp, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { DataDirectoryLayout } from './data-directory-layout.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import type { RunAs } from './run-as-unprivileged.ts';

/** The port only names the socket's file, so it can be the same everywhere. */
export const socketPort = 5432;

/** sockaddr_un.sun_path without its final zero byte. */
const socketPathMaxBytes = process.platform === 'linux' ? 107 : 103;

/**
 * The folder for the server's socket: the cluster itself, or, where that makes the socket's path too long, a private folder
 * under the temporary one, recorded in the data directory so that the next start finds it again.
 */
export async function openSocketDirectory(
  layout: DataDirectoryLayout,
  runAs: RunAs,
  temporaryDirectory: string,
): Promise<string> {
  if (fitsSocket(layout.cluster)) return layout.cluster;
  const recorded = await readRecord(layout);
  if (recorded !== undefined) {
    await mkdir(recorded, { mode: 0o700 }).catch(() => undefined);
    if (runAs.account !== undefined) await giveIfOurs(recorded, runAs.account);
    if (await isPrivateDirectory(recorded, runAs)) return recorded;
    // Someone else has taken the name meanwhile.
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
  if (runAs.account !== undefined) await giveIfOurs(directory, runAs.account);
  const draft = `${layout.socketRecord}.${process.pid}`;
  await writeFile(draft, directory, { mode: 0o600 });
  try {
    // Unlike a rename, a link never replaces the record of a service that was faster.
    await link(draft, layout.socketRecord);
    return directory;
  } catch (error) {
    await rmdir(directory);
    const recorded = await readRecord(layout);
    if (recorded === undefined) throw error;
    return recorded;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes a folder that openSocketDirectory made under the temporary one. */
export async function removeSocketDirectory(layout: DataDirectoryLayout, directory: string): Promise<void> {
  if (directory === layout.cluster || directory === '') return;
  await rm(layout.socketRecord, { force: true });
  // Empty by now: the server removed its socket. Anything else in there is not ours to delete.
  await rmdir(directory).catch(() => undefined);
}

/** Only a folder closed to other accounts is trusted to hold our server's socket: we send a password there. */
export async function isPrivateDirectory(directory: string, runAs: RunAs): Promise<boolean> {
  const found = await lstat(directory).catch(() => undefined);
  if (found === undefined || !found.isDirectory() || (found.mode & 0o077) !== 0) return false;
  return found.uid === (runAs.account?.uid ?? process.geteuid?.());
}

async function giveIfOurs(directory: string, account: { uid: number; gid: number }): Promise<void> {
  const found = await lstat(directory).catch(() => undefined);
  if (found?.isDirectory() && found.uid === process.geteuid?.()) {
    await lchown(directory, account.uid, account.gid);
  }
}

async function readRecord(layout: DataDirectoryLayout): Promise<string | undefined> {
  const text = await readFile(layout.socketRecord, 'utf8').catch(() => '');
  return text.startsWith('/') ? text : undefined;
}

function fitsSocket(directory: string): boolean {
  return Buffer.byteLength(join(directory, `.s.PGSQL.${socketPort}`)) <= socketPathMaxBytes;
}
