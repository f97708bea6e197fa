import type { ChildProcess } from 'node:child_process';
import type { FileHandle } from 'node:fs/promises';

import type { ClusterSetup } from './initialise-cluster.ts';
import { readPostmasterFile, type PostmasterFile } from './postmaster-file.ts';
import { shutDownPostmaster } from './postmaster-process.ts';
import { spawnAs } from './run-as-unprivileged.ts';

const pollMs = 5;

/** How a server ends that was asked to shut down. */
export const cleanExit = 'exit status 0';

/** A PostgreSQL server that we started. */
export interface ServerProcess {
  /** How it ended, once it has. */
  readonly exited: Promise<string>;
  /** The server's own postmaster.pid as soon as it accepts connections; undefined if it ends before. */
  untilReady(): Promise<PostmasterFile | undefined>;
  /** Fast shutdown, cut short after `fastMaxMs`. Resolves when the process is gone. */
  stop(fastMaxMs: number): Promise<void>;
}

/**
 * Starts the server. Its command line is `postgres -D <cluster>` and no more: everything else is in its settings file.
 * It leads a session of its own, so a Ctrl-C at the terminal does not reach it before the service has drained.
 */
export function startServerProcess(setup: ClusterSetup, log: FileHandle): ServerProcess {
  const { binaries, layout, runAs } = setup;
  const child = spawnAs(runAs, [binaries.postgres, '-D', layout.cluster], {
    cwd: layout.dataDirectory,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    windowsHide: true,
  });
  const state = { hasExited: false };
  const exited = untilExit(child).then((detail) => {
    state.hasExited = true;
    return detail;
  });
  return {
    exited,
    async untilReady() {
      // Recovery after a crash may take long and would only start over if it were cut short, so there is no limit here.
      while (!state.hasExited) {
        const file = await readPostmasterFile(layout.postmasterFile);
        if (file?.pid === child.pid && file?.status === 'ready') return file;
        await delay(pollMs);
      }
      return undefined;
    },
    async stop(fastMaxMs) {
      if (state.hasExited || child.pid === undefined) return;
      const { pid } = child;
      await shutDownPostmaster(pid, 'fast', binaries).catch(() => undefined);
      const timer = setTimeout(() => {
        void shutDownPostmaster(pid, 'immediate', binaries).catch(() => undefined);
      }, fastMaxMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

async function untilExit(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit status ${code}`));
  });
}

async function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
