import { chmod, lchown, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { DataDirectoryLayout } from './data-directory-layout.ts';
import type { RunAs } from './run-as-unprivileged.ts';

/**
 * Lets a borrowed account (see run-as-unprivileged) pass through our data directory to its cluster. Nothing outside the
 * data directory is changed, and the secrets beside the cluster stay closed by their own mode, 0600.
 */
export async function openDataDirectory(layout: DataDirectoryLayout, { account }: RunAs): Promise<void> {
  if (account === undefined) return;
  const folder = await stat(layout.dataDirectory);
  if (folder.uid === account.uid || (folder.mode & 0o001) !== 0) return;
  await chmod(layout.dataDirectory, (folder.mode & 0o7777) | 0o001);
}

/** Gives the borrowed account a cluster that was made under another identity. No server may be running on it. */
export async function handOverCluster(layout: DataDirectoryLayout, runAs: RunAs): Promise<void> {
  if (runAs.account === undefined || (await stat(layout.cluster)).uid === runAs.account.uid) return;
  await giveTo(layout.cluster, runAs);
}

/** Gives a folder of ours and all in it to the account. Symbolic links are not followed. */
export async function giveTo(folder: string, { account }: RunAs): Promise<void> {
  if (account === undefined) return;
  for (const name of await readdir(folder, { recursive: true })) {
    await lchown(join(folder, name), account.uid, account.gid);
  }
  // Last: a hand-over cut short is begun again, because the folder itself still has the old owner.
  await lchown(folder, account.uid, account.gid);
}
