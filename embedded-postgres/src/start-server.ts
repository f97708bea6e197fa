import { createServer } from 'node:net';

import type { DataDirectoryLayout } from './data-directory-layout.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { handOverCluster } from './hand-over.ts';
import type { Host } from './host.ts';
import type { ClusterSetup } from './initialise-cluster.ts';
import { settleRunningServer } from './orphan.ts';
import type { PostmasterFile } from './postmaster-file.ts';
import { openServerLog } from './server-log.ts';
import { startServerProcess, type ServerProcess } from './server-process.ts';
import { writeServerSettings, type ServerEndpoint } from './server-settings.ts';
import { openSocketDirectory, socketPort } from './socket-directory.ts';

export interface StartedServer {
  readonly server: ServerProcess;
  readonly file: PostmasterFile;
  /** The last lines of its log. */
  readonly tail: () => Promise<string>;
}

/** What PostgreSQL says when another server, or what a killed one left for a moment, still has the cluster, or the port. */
const heldByAnother =
  /lock file ".*" (already exists|is empty)|(bogus data in|could not remove old) lock file|pre-existing shared memory block|could not create any TCP\/IP sockets/;
const heldRetryMs = 50;

/** Starts a server where none runs. Of several services starting together one succeeds; the others find it and throw. */
export async function startServer(
  setup: ClusterSetup,
  { host, log }: { readonly host: Host; readonly log: (message: string) => void },
): Promise<StartedServer> {
  const { layout } = setup;
  const deadline = Date.now() + host.orphanWaitMaxMs;
  for (;;) {
    await settleRunningServer(setup, { host, log });
    await handOverCluster(layout, setup.runAs);
    const endpoint = await chooseEndpoint(setup, host);
    await writeServerSettings(layout.cluster, endpoint);
    const { handle, tail } = await openServerLog(layout.log);
    const server = startServerProcess(setup, handle);
    await handle.close();
    const file = await server.untilReady();
    if (file !== undefined) return { server, file, tail };
    const lastLines = await tail();
    if (!heldByAnother.test(lastLines) || Date.now() > deadline) {
      throw notStarted(layout, await server.exited, lastLines);
    }
    await new Promise((resolve) => setTimeout(resolve, heldRetryMs));
  }
}

async function chooseEndpoint({ layout, runAs }: ClusterSetup, host: Host): Promise<ServerEndpoint> {
  if (!host.hasUnixSockets) return { kind: 'loopback', port: await findFreePort() };
  const directory = await openSocketDirectory(layout, runAs, host.temporaryDirectory);
  return { kind: 'socket', directory, port: socketPort };
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function notStarted(layout: DataDirectoryLayout, detail: string, lastLines: string): EmbeddedPostgresError {
  const isFull = /No space left on device|Disk quota exceeded/.test(lastLines);
  const reason = isFull
    ? 'the disk is full: make room, or set MUSTER_DATA_DIR to a folder elsewhere'
    : detail;
  return new EmbeddedPostgresError(
    `PostgreSQL did not start on ${layout.cluster} (${reason}). The end of ${layout.log}:\n${lastLines}`,
  );
}
