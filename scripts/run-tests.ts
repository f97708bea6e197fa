// Runs every test file, on one PostgreSQL for the whole run: the one of TEST_DATABASE_URL, or an embedded one in a
// temporary folder. Arguments are files to run instead of all.
import { spawn } from 'node:child_process';
import { glob, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { buildConsole } from '../console/scripts/build-console.ts';
import { connectionUrl, startEmbeddedPostgres } from '@muster/embedded-postgres';

const patterns = [
  'contract/test/**/*.test.ts',
  'device-files/test/**/*.test.ts',
  'embedded-postgres/test/**/*.test.ts',
  'server/test/**/*.test.ts',
  'sdk/test/**/*.test.ts',
  'cli/test/**/*.test.ts',
  'console/test/**/*.test.ts',
  'muster/test/**/*.test.ts',
  'bench/test/**/*.test.ts',
  'scripts/test/**/*.test.ts',
  'torture/test/**/*.test.ts',
];

const compileCache = fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url));

async function findTestFiles(): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(patterns)) files.push(file);
  return files.sort();
}

async function runTests(databaseUrl: string): Promise<number> {
  const files = process.argv.length > 2 ? process.argv.slice(2) : await findTestFiles();
  const args = [
    '--test',
    '--test-timeout=900000',
    // One more than there are processors: many files wait for PostgreSQL to start, or for a lease to end.
    `--test-concurrency=${Math.max(2, availableParallelism()) + 1}`,
    ...files,
  ];
  const child = spawn(process.execPath, args, {
    stdio: 'inherit',
    // Most of a test file's start is reading TypeScript; the cache halves it.
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env, TEST_DATABASE_URL: databaseUrl },
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

async function runOnEmbeddedPostgres(): Promise<number> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'muster-tests-'));
  const postgres = await startEmbeddedPostgres({ dataDirectory });
  try {
    const databaseUrl = connectionUrl(postgres.connection);
    await doWithoutDurability(databaseUrl);
    return await runTests(databaseUrl);
  } finally {
    await postgres.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

/** The run's data is thrown away, so it need not survive a crash of the machine. Tests of crashes start their own. */
async function doWithoutDurability(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  for (const setting of ['fsync', 'full_page_writes'])
    await client.query(`alter system set ${setting} = off`);
  await client.query('select pg_reload_conf()');
  await client.end();
}

// Once for all files: some start the service as `npm start` does, and one opens the console in a browser.
await buildConsole();
const { TEST_DATABASE_URL: given } = process.env;
process.exitCode = given ? await runTests(given) : await runOnEmbeddedPostgres();
