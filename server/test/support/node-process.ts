import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TestMuster } from './muster.ts';
import { unassignedPort } from './unassigned-port.ts';

const main = fileURLToPath(new URL('../../src/boot/main.ts', import.meta.url));

/** A node in a process of its own, on the database of a test's Muster, whose tokens it takes. */
export interface NodeProcess {
  readonly url: string;
  isRunning(): boolean;
  /** What it wrote to its standard error: warnings of Node.js, too. */
  complaints(): string;
  /**
   * Watches its resident memory. The function it returns ends that, and gives the peak in bytes; 0 where the system does
   * not tell. It throws when the node has ended.
   */
  watchMemory(): () => number;
  kill(): Promise<void>;
}

/** Starts a node and waits until it is ready. */
export async function startNodeProcess(
  owner: TestMuster,
  settings: Readonly<Record<string, string>> = {},
): Promise<NodeProcess> {
  const port = await unassignedPort();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'muster-node-'));
  const child = spawn(process.execPath, [main, '--port', String(port), '--data-dir', dataDirectory], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      DATABASE_URL: owner.databaseUrl,
      MUSTER_CLAIM_CUSTOMERS: 'true',
      MUSTER_LOG_LEVEL: 'silent',
      MUSTER_PUBLIC_URL: owner.url,
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const url = `http://127.0.0.1:${port}`;
  await untilReady(child, url).catch((error: unknown) => {
    throw new Error(complaints, { cause: error });
  });
  return {
    url,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    complaints: () => complaints,
    watchMemory: () => watchMemory(child),
    kill: async () => {
      if (child.kill('SIGKILL')) await once(child, 'exit');
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** Waits until a node that was started at this address is ready. Throws when it ends instead. */
export async function untilReady(child: ChildProcess, url: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The service ended with ${child.exitCode}.`);
    const isUp = await fetch(`${url}/health/ready`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await delay(10);
  }
}

function watchMemory(child: ChildProcess): () => number {
  let peak = 0;
  const look = async (): Promise<void> => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024);
  };
  const timer = setInterval(() => void look(), 5);
  return () => {
    clearInterval(timer);
    assert.equal(child.exitCode ?? child.signalCode, null, 'the service is alive');
    return peak;
  };
}
