import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { link, readFile, rename, stat, unlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './binaries.ts';
import { errorCode } from './data-directory.ts';

const run = promisify(execFile);

/** The lines of postmaster.pid in PostgreSQL's documented order, as far as they have been written. */
export interface PostmasterFile {
  /** The file as read, to recognize it again. */
  readonly text: string;
  /** Time since the file was last written, in milliseconds. */
  readonly ageMs: number;
  /** Undefined while the file is still empty, or if it is damaged. */
  readonly pid: number | undefined;
  /** When the server started, in seconds since 1970. */
  readonly startedAtSeconds: number | undefined;
  readonly port: number | undefined;
  /** Empty where the server listens on no Unix socket. */
  readonly socketDirectory: string;
  /** Empty where the server listens on no TCP address. */
  readonly listenAddress: string;
  /** `starting`, `stopping`, `ready` or `standby`; empty at first. */
  readonly status: string;
}

/** Undefined if there is no file. */
export async function readPostmasterFile(path: string): Promise<PostmasterFile | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    const lines = text.split('\n').map((line) => line.trim());
    const [pid, , startedAt, port, socketDirectory = '', listenAddress = '', , status = ''] = lines;
    return {
      text,
      ageMs: Date.now() - mtimeMs,
      // A standalone backend writes its pid as a negative number.
      pid: toPositiveInteger(pid?.replace(/^-/, '')),
      startedAtSeconds: toPositiveInteger(startedAt),
      port: toPositiveInteger(port),
      socketDirectory,
      listenAddress,
      status,
    };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function toPositiveInteger(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/**
 * Removes a stale postmaster.pid. Another service may be replacing it with its own at this moment, so the file is first
 * renamed, and put back if it is not the one that was found stale.
 */
export async function removeStalePostmasterFile(path: string, stale: PostmasterFile): Promise<void> {
  const aside = `${path}.stale-${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch {
    return; // Someone else removed it.
  }
  if ((await readFile(aside, 'utf8')) !== stale.text) await link(aside, path).catch(() => undefined);
  await unlink(aside);
}

/**
 * What the pid in a postmaster.pid stands for now: nothing (`gone`), another program (`unrelated`), or a PostgreSQL
 * server of this cluster as far as one can see (`possible`).
 */
export type PostmasterProcess = 'gone' | 'unrelated' | 'possible';

/** Pids are reused, so that a process is alive is not enough. A server's working directory is its cluster. */
export async function findPostmasterProcess(pid: number, cluster: string): Promise<PostmasterProcess> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // A server must own its cluster's files, so a process we may not signal is not one of ours.
    return errorCode(error) === 'EPERM' ? 'unrelated' : 'gone';
  }
  if (process.platform !== 'linux') return findByCommandLine(pid, cluster);
  // A dead process that was not waited for has no working directory. To PostgreSQL it still looks alive.
  return (await isSameFolder(`/proc/${pid}/cwd`, cluster)) ? 'possible' : 'unrelated';
}

export async function isSameFolder(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map((path) => stat(path, { bigint: true }).catch(() => undefined)),
  );
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

/** Windows shows no more than the program's name. */
async function findByCommandLine(pid: number, cluster: string): Promise<PostmasterProcess> {
  const isWindows = process.platform === 'win32';
  const [program, args] = isWindows
    ? ['tasklist', ['/NH', '/FI', `PID eq ${pid}`]]
    : ['ps', ['-o', 'args=', '-p', String(pid)]];
  const commandLine = await run(program, args).then(
    ({ stdout }) => stdout,
    () => '',
  );
  const isPossible = commandLine.includes('postgres') && (isWindows || commandLine.includes(cluster));
  return isPossible ? 'possible' : 'unrelated';
}

/**
 * `fast` ends all sessions and shuts down cleanly; `immediate` stops at once, and the next start recovers from the
 * write-ahead log. Throws when the process is gone or may not be signaled.
 */
export async function shutDownPostmaster(
  pid: number,
  mode: 'fast' | 'immediate',
  binaries: PostgresBinaries,
): Promise<void> {
  if (process.platform === 'win32') {
    // Node can only terminate a process there; PostgreSQL receives signals on a named pipe.
    await run(binaries.pgCtl, ['kill', mode === 'fast' ? 'INT' : 'QUIT', String(pid)]);
    return;
  }
  process.kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
}
