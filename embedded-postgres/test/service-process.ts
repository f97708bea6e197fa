import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

import { releaseAfter } from './temporary-data-directory.ts';

export const serviceScript = fileURLToPath(new URL('./run-service.ts', import.meta.url));

export interface ServiceEvent {
  readonly event: string;
  readonly name?: string;
  readonly message?: string;
  readonly answer?: number;
  readonly uid?: number;
}

/** A service in a process of its own, as run-service.ts describes. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  /** The next event; rejects with what the process complained of when it ends without one. */
  next(): Promise<ServiceEvent>;
  /** Ends it as a crash would: its PostgreSQL stays behind. */
  kill(): Promise<void>;
}

/** The process is killed after the test if it still runs; a server that it leaves is the test's to settle. */
export function startService(
  t: TestContext,
  command: readonly string[],
  options: SpawnOptions = {},
): ServiceProcess {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const complaint: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => complaint.push(chunk));
  const exited = once(child, 'close');
  releaseAfter(t, async () => {
    child.kill('SIGTERM');
    await exited;
  });
  const lines = child.stdout ? createInterface({ input: child.stdout })[Symbol.asyncIterator]() : undefined;
  return {
    child,
    async next() {
      const line = await lines?.next();
      if (line === undefined || line.done) throw new Error(Buffer.concat(complaint).toString('utf8'));
      return JSON.parse(line.value) as ServiceEvent;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

export function serviceCommand(dataDirectory: string, ...more: readonly string[]): string[] {
  return [process.execPath, serviceScript, dataDirectory, ...more];
}
