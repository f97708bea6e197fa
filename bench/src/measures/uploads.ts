import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import type { Bench } from '../bench.ts';
import type { PrepareOrder, SendResult } from '../load/upload-load.ts';
import { clientHeaders } from '../machine/exchange.ts';
import type { MusterService } from '../machine/muster-service.ts';
import type { Program } from '../machine/program.ts';

/** Makes the bodies of an upload; afterwards `sendUploads` sends them. */
export async function prepareUploads(load: Program, uploads: Omit<PrepareOrder, 'kind'>): Promise<void> {
  await load.ask({ kind: 'prepare', ...uploads } satisfies PrepareOrder);
}

/** Sends what was prepared to a limit, which asks for no token. */
export function sendToLimit(bench: Bench, load: Program, port: number): Promise<SendResult> {
  const connections = bench.scale.uploadConnections;
  return load.ask({ kind: 'send', port, headers: clientHeaders('none'), customerId: 'any', connections });
}

/** Sends what was prepared to the service, for its first customer. */
export async function sendToMuster(bench: Bench, load: Program, service: MusterService): Promise<SendResult> {
  const headers = clientHeaders(await service.token());
  const { port, credentials } = service;
  const connections = bench.scale.uploadConnections;
  return load.ask({ kind: 'send', port, headers, customerId: credentials.customerId, connections });
}

/** How often the database is asked whether jobs are left: ten milliseconds of a run of seconds. */
const pollMs = 10;

/** Waits until no job is left, without asking the service; gives the time as `Date.now()`. */
export async function waitForJobs(client: pg.Client): Promise<number> {
  for (;;) {
    const { rows } = await client.query<{ left: boolean }>(
      'select exists (select from batch_jobs where completed_at is null) as left',
    );
    if (rows[0]?.left === false) return Date.now();
    await setTimeout(pollMs);
  }
}
