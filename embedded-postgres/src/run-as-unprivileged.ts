import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { DataDirectoryLayout } from './data-directory-layout.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import type { PostgresBinaries } from './locate-binaries.ts';

/** Under which identity the PostgreSQL programs run: PostgreSQL refuses to run as root. */
export interface RunAs {
  /** For messages. */
  readonly description: string;
  /** Put before the program and its arguments. */
  readonly prefix: readonly string[];
  /** The account to change to; absent: ours. */
  readonly account?: { readonly uid: number; readonly gid: number };
}

/** Whether a program can be run so, and reach a folder; if not, why. */
export type RunAsProbe = (
  runAs: RunAs,
  reach: { program: string; folder: string },
) => Promise<string | undefined>;

const asOurselves: RunAs = { description: 'the current account', prefix: [] };

/**
 * In a user namespace where root is called 65534: PostgreSQL sees an ordinary account, and the files stay root's.
 * It works in folders closed to all but root, and leaves nothing behind on the host.
 */
const inUserNamespace: RunAs = {
  description: 'root in a user namespace',
  prefix: ['unshare', '--user', '--map-user=65534', '--map-group=65534'],
};

/** Existing accounts that may be borrowed where user namespaces are refused, the better first. */
const borrowedAccounts = ['postgres', 'nobody'];

/** Nothing of our environment (it holds settings and secrets) is handed on. */
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

/**
 * Decides under which identity PostgreSQL runs on this data directory. A folder that belongs to an ordinary account is
 * served as that account, so that root and its owner can take turns. Throws an error that names the ways out.
 */
export async function chooseRunAs(options: {
  readonly layout: DataDirectoryLayout;
  readonly binaries: PostgresBinaries;
  readonly probe: RunAsProbe;
}): Promise<RunAs> {
  if (process.geteuid?.() !== 0) return asOurselves;
  const { layout, binaries, probe } = options;
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

/** With each identity goes the folder it must be able to enter as things are. */
async function listCandidates(layout: DataDirectoryLayout): Promise<{ runAs: RunAs; folder: string }[]> {
  const owner = (await ownerOf(layout.cluster)) ?? (await ownerOf(layout.dataDirectory));
  if (owner !== undefined && owner.uid !== 0) {
    return [{ runAs: asOwner(owner, layout.dataDirectory), folder: layout.dataDirectory }];
  }
  const above = dirname(layout.dataDirectory);
  const neighbour = await ownerOf(above);
  const accounts = [
    ...(neighbour !== undefined && neighbour.uid !== 0 ? [asOwner(neighbour, above)] : []),
    ...(await findAccounts(borrowedAccounts)),
  ];
  return [
    { runAs: inUserNamespace, folder: layout.dataDirectory },
    // Our own folder is opened to a borrowed account later (see hand-over); those above it are not ours to change.
    ...accounts.map((runAs) => ({ runAs, folder: above })),
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

/** Really runs the program: this shows refused namespaces, closed folders and missing libraries alike. */
export const probeRunAs: RunAsProbe = async (runAs, { program, folder }) => {
  const script = 'cd -- "$2" && exec "$1" --version';
  const child = spawnAs(runAs, ['/bin/sh', '-c', script, 'sh', program, folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: '/',
  });
  const complaint: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => complaint.push(chunk));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => {
      const text = Buffer.concat(complaint).toString('utf8').trim().replaceAll(/\s+/g, ' ');
      resolve(code === 0 ? undefined : text || `exit status ${code}`);
    });
  });
};
