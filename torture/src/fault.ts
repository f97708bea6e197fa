import { setTimeout as delay } from 'node:timers/promises';
import { connectionUrl, startEmbeddedPostgres } from '@muster/embedded-postgres';
import pg from 'pg';
import { check, type Verdict } from './check.ts';
import type { Ledger } from './ledger.ts';
import { afterFault, temporaryDirectory } from './service.ts';

/** How much of a fault: short in CI, some minutes by default, or the full counts. */
export type Extent = 'short' | 'default' | 'long';

/** What a fault came to. */
export interface Report extends Verdict {
  /** What was done and measured. */
  readonly notes: string;
  readonly ledger: Ledger;
}

export function times(extent: Extent, short: number, usual: number, long: number): number {
  return { short, default: usual, long }[extent];
}

/** A PostgreSQL that several nodes share. It is stopped when the fault is over. */
export async function startSharedPostgres(): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDirectory: await temporaryDirectory() });
  afterFault(() => postgres.stop());
  return connectionUrl(postgres.connection);
}

/** Checks the database when the load has ended. */
export async function report(databaseUrl: string, ledger: Ledger, notes: string): Promise<Report> {
  return { ...(await check(databaseUrl, ledger)), notes, ledger };
}

/** How long nothing may be accepted before the run counts as stuck. */
const stuckMs = 180_000;

/** Waits until so many more requests were accepted. */
export async function untilAccepted(ledger: Ledger, more: number): Promise<void> {
  const wanted = ledger.accepted.length + more;
  const deadline = performance.now() + stuckMs;
  while (ledger.accepted.length < wanted) {
    if (performance.now() > deadline) throw new Error(`Nothing was accepted for ${stuckMs / 1000} seconds.`);
    await delay(5);
  }
}

export async function withClient<T>(
  databaseUrl: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  // A lost connection shows in its statements.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
