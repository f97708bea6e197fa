import { tmpdir } from 'node:os';

import { locateBinaries, type PostgresBinaries } from './locate-binaries.ts';
import { probeRunAs, type RunAsProbe } from './run-as-unprivileged.ts';

/** What the machine offers to an embedded PostgreSQL. Tests replace parts to stand in for other machines. */
export interface Host {
  readonly locateBinaries: () => Promise<PostgresBinaries>;
  /** Whether PostgreSQL can be run under some identity. */
  readonly probeRunAs: RunAsProbe;
  readonly hasUnixSockets: boolean;
  readonly temporaryDirectory: string;
  /** How long a server left by a killed service may take to recover or stop. Milliseconds. */
  readonly orphanWaitMaxMs: number;
  /** A fast shutdown writes out all changed pages; after this long it is cut short, and the next start recovers. Milliseconds. */
  readonly fastShutdownMaxMs: number;
}

/** The machine we run on. */
export function thisHost(): Host {
  return {
    locateBinaries,
    probeRunAs,
    hasUnixSockets: process.platform !== 'win32',
    temporaryDirectory: tmpdir(),
    orphanWaitMaxMs: 30_000,
    fastShutdownMaxMs: 10_000,
  };
}
