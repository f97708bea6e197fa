import { open, readFile, rename, stat, type FileHandle } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterSetup } from './create-cluster.ts';
import { EmbeddedPostgresError } from './data-directory.ts';
import { stopLeftoverServer } from './leftover-server.ts';
import { readPostmasterFile, shutDownPostmaster, type PostmasterFile } from './postmaster.ts';
import { changeOwner, spawnAs } from './run-as.ts';
import {
  findFreePort,
  openSocketDirectory,
  socketPort,
  writeServerSettings,
  type ServerEndpoint,
} from './server-settings.ts';

const readyPollMs = 5;
const heldRetryMs = 50;

/** PostgreSQL's messages when another server, or the remains of a killed one, still hold the cluster or the port. */
const heldByAnother =
  /lock file ".*" (already exists|is empty)|(bogus data in|could not remove old) lock file|pre-existing shared memory block|could not create any TCP\/IP sockets/;

/** How a server ends that was asked to shut down. */
export const cleanExit = 'exit status 0';

/** A PostgreSQL server that we started and that accepts connections. */
export interface StartedServer {
  readonly file: PostmasterFile;
  /** How it ended, once it has. */
  readonly exited: Promise<string>;
  /** The last lines of its log. */
  tail(): Promise<string>;
  /** Clean shutdown; an immediate one when that takes too long, then SIGKILL. Resolves when the process is gone. */
  stop(): Promise<void>;
}

/** Starts the server. Of several services that start together one succeeds; the others find its server and throw. */
export async function startServer(setup: ClusterSetup, port: number | undefined): Promise<StartedServer> {
  const { layout, host, runAs } = setup;
  const deadline = Date.now() + host.leftoverWaitMaxMs;
  for (;;) {
    await stopLeftoverServer(setup);
    await changeOwner(layout.cluster, runAs);
    await writeServerSettings(layout.cluster, await chooseEndpoint(setup, port));
    const { handle, tail } = await openServerLog(layout.log);
    const server = startProcess(setup, handle);
    await handle.close();
    const file = await server.untilReady();
    if (file !== undefined) return { ...server, file, tail };
    const lastLines = await tail();
    if (!heldByAnother.test(lastLines) || Date.now() > deadline) {
      const isFull = /No space left on device|Disk quota exceeded/.test(lastLines);
      const reason = isFull
        ? 'the disk is full: make room, or set MUSTER_DATA_DIR to a folder elsewhere'
        : await server.exited;
      throw new EmbeddedPostgresError(
        `PostgreSQL did not start on ${layout.cluster} (${reason}). The end of ${layout.log}:\n${lastLines}`,
      );
    }
    await delay(heldRetryMs);
  }
}

async function chooseEndpoint(
  { layout, runAs, host }: ClusterSetup,
  port: number | undefined,
): Promise<ServerEndpoint> {
  if (!host.hasUnixSockets) return { kind: 'loopback', port: port ?? (await findFreePort()) };
  const directory = await openSocketDirectory(layout, runAs, host.temporaryDirectory);
  return { kind: 'socket', directory, port: socketPort };
}

/**
 * The command line is `postgres -D <cluster>` and no more: everything else is in the settings file. The server leads a
 * session of its own, so that a Ctrl-C at the terminal reaches the service but not its database.
 */
function startProcess(setup: ClusterSetup, log: FileHandle) {
  const { binaries, layout, runAs, host } = setup;
  const child = spawnAs(runAs, [binaries.postgres, '-D', layout.cluster], {
    cwd: layout.dataDirectory,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    windowsHide: true,
  });
  const state = { hasExited: false };
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit status ${code}`));
  }).finally(() => (state.hasExited = true));
  return {
    exited,
    /** Undefined if it ends before it accepts connections. There is no limit: recovery would only start over. */
    async untilReady(): Promise<PostmasterFile | undefined> {
      while (!state.hasExited) {
        const file = await readPostmasterFile(layout.postmasterFile);
        if (file?.pid === child.pid && file?.status === 'ready') return file;
        await delay(readyPollMs);
      }
      return undefined;
    },
    async stop(): Promise<void> {
      const { pid } = child;
      if (state.hasExited || pid === undefined) return;
      await shutDownPostmaster(pid, 'fast', binaries).catch(() => undefined);
      const timers = [
        setTimeout(() => {
          void shutDownPostmaster(pid, 'immediate', binaries).catch(() => undefined);
        }, host.fastShutdownMaxMs),
        // A server that is frozen reacts to nothing else. The next start recovers.
        setTimeout(() => child.kill('SIGKILL'), host.fastShutdownMaxMs + host.immediateShutdownMaxMs),
      ];
      await exited;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** A log larger than this is renamed to `postgres.log.1` at the next start, replacing the previous one. */
const rotateAtBytes = 8 * 1024 * 1024;
const tailBytes = 4096;
const tailLines = 8;

/** Opens the log for the server's standard output and error. `tail` reads the last lines written since. */
async function openServerLog(path: string): Promise<{ handle: FileHandle; tail: () => Promise<string> }> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > rotateAtBytes) await rename(path, `${path}.1`);
  const handle = await open(path, 'a', 0o600);
  const { size: openedAt } = await handle.stat();
  const tail = async (): Promise<string> => {
    const text = await readFile(path).catch(() => Buffer.alloc(0));
    const end = text.subarray(Math.max(openedAt, text.length - tailBytes)).toString('utf8');
    return end.trimEnd().split('\n').slice(-tailLines).join('\n');
  };
  return { handle, tail };
}
