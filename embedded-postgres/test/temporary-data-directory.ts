import { rmSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

import { Client } from 'pg';

import type { PostgresConnection } from '../src/embedded-postgres.ts';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from '../src/embedded-postgres.ts';

export const isRoot = process.geteuid?.() === 0;

const releasers = new WeakMap<TestContext, (() => Promise<void>)[]>();

/** Releases what a test holds after it, the latest first: a server stops before its folder goes. (`t.after` runs the first first.) */
export function releaseAfter(t: TestContext, release: () => Promise<void>): void {
  const known = releasers.get(t);
  if (known) {
    known.push(release);
    return;
  }
  const own = [release];
  releasers.set(t, own);
  t.after(async () => {
    for (const next of own.reverse()) await next();
  });
}

/** A folder of the test's own, closed to other accounts as mktemp -d makes it, removed afterwards. */
export async function makeTemporaryDirectory(t: TestContext, mode = 0o700): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'muster-postgres-test-'));
  await chmod(directory, mode);
  releaseAfter(t, () => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

let used: Promise<string> | undefined;

/**
 * A data directory on which services have run and stopped. The tests of one file, which run one after another, share it
 * (creating one takes longer than most tests), each with tables of its own.
 */
export async function useDataDirectory(): Promise<string> {
  used ??= createUsedDirectory();
  return used;
}

async function createUsedDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'muster-postgres-test-used-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const postgres = await startEmbeddedPostgres({ dataDirectory: directory });
  await postgres.stop();
  return directory;
}

/** Starts a server that is stopped after the test, before its folder is removed. */
export async function startForTest(
  t: TestContext,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres(options);
  releaseAfter(t, () => postgres.stop());
  return postgres;
}

/** Runs one statement on a connection of its own. */
export async function queryOnce(
  connection: PostgresConnection,
  text: string,
): Promise<Record<string, unknown>[]> {
  const client = new Client(connection);
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(text);
    return result.rows;
  } finally {
    await client.end();
  }
}

export async function readPostmasterPid(dataDirectory: string): Promise<number> {
  const text = await readFile(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}

/** Signal 0 reaches any process that is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
