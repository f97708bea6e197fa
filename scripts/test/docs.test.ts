import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readConfig, startServer } from '../../server/src/boot/start-service.ts';
import { pino } from 'pino';
import { openDatabase } from '../../server/src/store/database.ts';
import { createTestDatabase } from '../../server/test/support/test-database.ts';
import { withPlaces, withSettings } from '../generate-docs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

// A folder that looks like a clone: the pages speak of `samples` and of the data directory `.muster`.
const folder = await mkdtemp(join(tmpdir(), 'muster-docs-'));
await symlink(join(root, 'samples'), join(folder, 'samples'));
await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
const server = await startServer(
  readConfig({ arguments: ['--port', '0', '--data-dir', join(folder, '.muster')], environment: {} }),
  { log: pino({ level: 'silent' }) },
);
after(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the commands of a page, in order, on a fresh service; gives what they print. `blocksMin`: no block is overlooked. */
async function runPage(name: string, blocksMin: number, prelude = ''): Promise<string> {
  const blocks = await toBlocks(await readFile(join(root, 'docs', name), 'utf8'), folder);
  assert.ok(blocks.length >= blocksMin);
  const environment = { PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}`, HOME: folder };
  const { stdout } = await promisify(execFile)(
    'bash',
    [
      '-euo',
      'pipefail',
      '-c',
      [prelude, ...blocks].join('\n').replaceAll('http://127.0.0.1:8080', server.url),
    ],
    { cwd: folder, env: environment },
  );
  return stdout;
}

test('the commands of the quickstart work, in order, on a fresh service', async () => {
  const stdout = await runPage('quickstart.md', 8);
  assert.match(stdout, /"serialNumber":"QS-0001"/);
  assert.match(stdout, /serialNumber: 'QS-0002'/);
  assert.match(stdout, /MissingZtd[\s\S]*ZtdDeviceDuplicated/);
  const [, ...toCorrect] = (await readFile(join(folder, 'failed.csv'), 'utf8')).trimEnd().split('\n');
  assert.equal(toCorrect.length, 1);
  assert.match(toCorrect[0] ?? '', /MissingZtd/);
});

test("the commands of the page on Muster's own API work, in order", async () => {
  // npx takes a second for each of many commands; the quickstart runs with it.
  const stdout = await runPage('muster-api.md', 10, 'npx() { shift; "$@"; }');
  assert.match(stdout, /"trackingId": "[0-9a-f-]{36}"/);
  assert.match(stdout, /"batchId": "Own API"/);
});

/**
 * The shell blocks of a page, to run as one script. Comments that readers do not see say what is special about a block: the file
 * to save it as in `folder`, or the exit code of its last command.
 */
async function toBlocks(page: string, folder: string): Promise<string[]> {
  const block = /(?:^<!-- (file|exit code): (.+) -->\n)?^```(\w+)\n([\s\S]*?)^```$/gm;
  const script: string[] = [];
  for (const [, note, value = '', language, text = ''] of page.matchAll(block)) {
    if (note === 'file') await writeFile(join(folder, value), text);
    else if (note === 'exit code') script.push(`set +e\n${text}status=$?; set -e; test $status = ${value}\n`);
    else if (language === 'sh') script.push(text);
  }
  return script;
}

test("the operations guide's table of settings is the code's: `npm run generate` would change nothing", async () => {
  const guide = await readFile(join(root, 'docs/operations.md'), 'utf8');
  assert.equal(guide, withSettings(guide));
  assert.match(guide, /\| `MUSTER_PORT` \| `--port` \| `8080` \|/);
});

test('the architecture page lists the import rules as they are enforced', async () => {
  const page = await readFile(join(root, 'ARCHITECTURE.md'), 'utf8');
  assert.equal(page, withPlaces(page));
  assert.match(page, /`server\/src\/registry\/`/);
});

test('the SQL of the operations guide runs, and tells the size of every table', async () => {
  const { url, drop } = await createTestDatabase();
  const guide = await readFile(join(root, 'docs/operations.md'), 'utf8');
  const blocks = [...guide.matchAll(/^```sql\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
  const [sizes = '', ...changes] = blocks;
  assert.equal(changes.length, 1);
  const database = openDatabase({ connectionString: url, max: 1 });
  const { rows } = await database.pool.query<{ relname: string }>(sizes);
  assert.ok(rows.some(({ relname }) => relname === 'hardware_hashes'));
  // Roles belong to all databases of the server, so nothing is kept.
  for (const change of changes) await database.pool.query(`begin; ${change} rollback`);
  await database.pool.end();
  await drop();
});
