import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { chmod, lchown, readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PostgresBinaries } from './binaries.ts';
import { EmbeddedPostgresError, type DataDirectoryLayout } from './data-directory.ts';

/** The identity the PostgreSQL programs run under: PostgreSQL refuses to run as root. */
export interface RunAs {
  /** For messages. */
  readonly description: string;
  /** Put before the program and its arguments. */
  readonly prefix: readonly string[];
  /** The account to change to; absent: ours. */
  readonly account?: { readonly uid: number; readonly gid: number };
}

/** Tries to run a program under an identity with access to a folder. Resolves to the reason if that fails. */
export type RunAsProbe = (
  runAs: RunAs,
  reach: { program: string; folder: string },
) => Promise<string | undefined>;

const asOurselves: RunAs = { description: 'the current account', prefix: [] };

/**
 * A user namespace in which root is called 65534: PostgreSQL sees an ordinary account, and the files stay root's.
 * This works in folders closed to all but root, and changes nothing on the host.
 */
const inUserNamespace: RunAs = {
  description: 'root in a user namespace',
  prefix: ['unshare', '--user', '--map-user=65534', '--map-group=65534'],
};

/** Existing accounts to use where user namespaces are refused, in order of preference. */
const unprivilegedAccounts = ['postgres', 'nobody'];

/** Nothing of our own environment, which holds settings and secrets, is passed on. */
const childEnvironment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** Starts a program under this identity. Options as for node:child_process, except the environment. */
export function spawnAs(runAs: RunAs, command: readonly string[], options: SpawnOptions): ChildProcess {
  const [program = '', ...args] = [...runAs.prefix, ...command];
  return spawn(program, args, { ...options, ...runAs.account, env: childEnvironment });
}

/** Runs a program to its end. Resolves to what it wrote to standard error if it failed. */
export async function runAsToEnd(
  runAs: RunAs,
  command: readonly string[],
  cwd: string,
): Promise<string | undefined> {
  const child = spawnAs(runAs, command, { stdio: ['ignore', 'ignore', 'pipe'], cwd });
  const chunks: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      const text = Buffer.concat(chunks).toString('utf8').trim();
      resolve(code === 0 ? undefined : text || `ended with ${signal ?? `exit status ${code}`}`);
    });
  });
}

/** Runs the program for real, which shows refused namespaces, closed folders and missing libraries alike. */
export const probeRunAs: RunAsProbe = async (runAs, { program, folder }) => {
  const script = 'cd -- "$2" && exec "$1" --version';
  const failure = await runAsToEnd(runAs, ['/bin/sh', '-c', script, 'sh', program, folder], '/');
  return failure?.replaceAll(/\s+/g, ' ');
};

/**
 * Chooses the identity PostgreSQL runs under on this data directory. On a folder that belongs to an ordinary account it
 * is that account, so that root and the owner can take turns. Throws an error that says what to change.
 */
export async function chooseRunAs(
  layout: DataDirectoryLayout,
  binaries: PostgresBinaries,
  probe: RunAsProbe,
): Promise<RunAs> {
  if (process.geteuid?.() !== 0) return asOurselves;
  const refusals: string[] = [];
  for (const { runAs, folder } of await listCandidates(layout)) {
    const refusal = await probe(runAs, { program: binaries.postgres, folder });
    if (refusal === undefined) return runAs;
    refusals.push(`${runAs.description}: ${refusal}`);
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and no other way to run it on ${layout.dataDirectory} works ` +
      `(${refusals.join('; ')}). Set MUSTER_DATA_DIR to a folder that one of these accounts can reach ` +
      '(the folder Muster is installed in must be reachable too), or set DATABASE_URL to a PostgreSQL server.',
  );
}

/** Each identity with the folder it must already have access to. */
async function listCandidates(layout: DataDirectoryLayout): Promise<{ runAs: RunAs; folder: string }[]> {
  const owner = (await ownerOf(layout.cluster)) ?? (await ownerOf(layout.dataDirectory));
  if (owner !== undefined && owner.uid !== 0) {
    return [{ runAs: asOwner(owner, layout.dataDirectory), folder: layout.dataDirectory }];
  }
  const parent = dirname(layout.dataDirectory);
  const parentOwner = await ownerOf(parent);
  const accounts = [
    ...(parentOwner !== undefined && parentOwner.uid !== 0 ? [asOwner(parentOwner, parent)] : []),
    ...(await findAccounts(unprivilegedAccounts)),
  ];
  return [
    { runAs: inUserNamespace, folder: layout.dataDirectory },
    // The data directory itself is opened later (see below); the folders above it are not ours to change.
    ...accounts.map((runAs) => ({ runAs, folder: parent })),
  ];
}

function asOwner(account: { uid: number; gid: number }, folder: string): RunAs {
  return { description: `account ${account.uid}, the owner of ${folder}`, prefix: [], account };
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | undefined> {
  return stat(path).then(
    ({ uid, gid }) => ({ uid, gid }),
    () => undefined,
  );
}

async function findAccounts(names: readonly string[]): Promise<RunAs[]> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const rows = passwd.split('\n').map((line) => line.split(':'));
  return names.flatMap((name) => {
    const row = rows.find(([account]) => account === name);
    const [uid, gid] = [Number(row?.[2]), Number(row?.[3])];
    if (!Number.isInteger(uid) || !Number.isInteger(gid) || uid === 0) return [];
    return [{ description: `account ${name}`, prefix: [], account: { uid, gid } }];
  });
}

/**
 * Lets another account pass through the data directory to its cluster. The secrets beside the cluster stay closed by
 * their own mode, 0600.
 */
export async function openDataDirectory(layout: DataDirectoryLayout, { account }: RunAs): Promise<void> {
  if (account === undefined) return;
  const folder = await stat(layout.dataDirectory);
  if (folder.uid === account.uid || (folder.mode & 0o001) !== 0) return;
  await chmod(layout.dataDirectory, (folder.mode & 0o7777) | 0o001);
}

/** Makes the account the owner of a folder and all in it. Symbolic links are not followed. */
export async function changeOwner(folder: string, { account }: RunAs): Promise<void> {
  if (account === undefined || (await stat(folder)).uid === account.uid) return;
  for (const name of await readdir(folder, { recursive: true })) {
    await lchown(join(folder, name), account.uid, account.gid);
  }
  // Last: if this is interrupted, the folder still has its old owner and the next start does it all again.
  await lchown(folder, account.uid, account.gid);
}
