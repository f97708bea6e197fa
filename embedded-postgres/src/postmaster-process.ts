import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';

import { errorCode } from './error-code.ts';
import type { PostgresBinaries } from './locate-binaries.ts';

const run = promisify(execFile);

/**
 * What became of the process a postmaster.pid names: `gone`; `unrelated`, when the pid now belongs to another program;
 * `possible`, when it is a PostgreSQL server of this cluster, or nothing shows that it is not.
 */
export type PostmasterProcess = 'gone' | 'unrelated' | 'possible';

/** Pids are reused, so a living process is not enough: a server's working directory is its cluster. */
export async function judgePostmaster(pid: number, cluster: string): Promise<PostmasterProcess> {
  const life = judgeLife(pid);
  if (life !== 'possible') return life;
  if (process.platform !== 'linux') return judgeCommandLine(await commandLineOf(pid), cluster);
  try {
    const [working, own] = await Promise.all([
      stat(`/proc/${pid}/cwd`, { bigint: true }),
      stat(cluster, { bigint: true }),
    ]);
    return working.ino === own.ino && working.dev === own.dev ? 'possible' : 'unrelated';
  } catch (error) {
    // A dead process waiting to be reaped has no working directory. It still looks alive to PostgreSQL.
    if (errorCode(error) !== 'EACCES' && errorCode(error) !== 'EPERM') return 'unrelated';
    return judgeCommandLine(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''), cluster);
  }
}

function judgeLife(pid: number): PostmasterProcess {
  try {
    process.kill(pid, 0);
    return 'possible';
  } catch (error) {
    // A server must own its cluster's files, so a process we may not signal is not one of ours.
    return errorCode(error) === 'EPERM' ? 'unrelated' : 'gone';
  }
}

function judgeCommandLine(commandLine: string, cluster: string): PostmasterProcess {
  if (!commandLine.includes('postgres')) return 'unrelated';
  return process.platform === 'win32' || commandLine.includes(cluster) ? 'possible' : 'unrelated';
}

/** Windows tells only the program's name without help of other tools. */
async function commandLineOf(pid: number): Promise<string> {
  const [program, args] =
    process.platform === 'win32'
      ? ['tasklist', ['/NH', '/FI', `PID eq ${pid}`]]
      : ['ps', ['-o', 'args=', '-p', String(pid)]];
  return run(program, args).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

/** `fast`: ends sessions and shuts down cleanly. `immediate`: stops at once; the next start recovers from the log. */
export type ShutdownMode = 'fast' | 'immediate';

/** Throws when the process is gone or may not be signalled. */
export async function shutDownPostmaster(
  pid: number,
  mode: ShutdownMode,
  binaries: PostgresBinaries,
): Promise<void> {
  if (process.platform === 'win32') {
    // Node can only terminate a process there; PostgreSQL listens for signals on a named pipe of its own.
    await run(binaries.pgCtl, ['kill', mode === 'fast' ? 'INT' : 'QUIT', String(pid)]);
    return;
  }
  process.kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
}
