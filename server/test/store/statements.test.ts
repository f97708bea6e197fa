import assert from 'node:assert/strict';
import { glob } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { after, test } from 'node:test';
import type { Sql } from 'sql-template-tag';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { createTestDatabase } from '../support/test-database.ts';

const store = fileURLToPath(new URL('../../src/store/', import.meta.url));
const testDatabase = await createTestDatabase();
const database = openDatabase({ connectionString: testDatabase.url, max: 1 });
after(async () => {
  await database.pool.end();
  await testDatabase.drop();
});

/** Stands for any input: every member of it is itself, every list in it is empty. Only statements' texts matter here. */
const anything: unknown = new Proxy(() => anything, {
  get: (_, member) => {
    if (member === Symbol.iterator) return () => [][Symbol.iterator]();
    if (member === Symbol.toPrimitive) return () => '0';
    if (member === 'toJSON') return () => null;
    if (member === 'length') return 0;
    if (member === 'then') return undefined;
    if (['map', 'filter', 'flatMap', 'join', 'toSorted'].includes(String(member))) return () => [];
    return anything;
  },
});

interface Found {
  readonly name: string;
  readonly text: string;
}

/** Calls every function of the store that takes a database, with a database that only writes down what it is asked. */
async function findStatements(): Promise<Found[]> {
  const found: Found[] = [];
  for await (const file of glob('**/*.ts', { cwd: store })) {
    const module = (await import(`${store}${file}`)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) {
      if (typeof value !== 'function' || !/^async function \w+\((db|tx|connection)\b/.test(value.toString()))
        continue;
      const recorder: Db = {
        query: async (statement: Sql) => {
          found.push({ name: `${file}: ${name}`, text: statement.text });
          return [];
        },
      };
      await (value as (db: Db, ...input: unknown[]) => Promise<unknown>)(
        recorder,
        anything,
        anything,
        anything,
      ).catch(() => {});
    }
  }
  return found;
}

test('every statement of the store fits the migrated schema', async () => {
  const statements = await findStatements();
  assert.ok(statements.length >= 15, `only ${statements.length} statements were found`);
  for (const { name, text } of statements) {
    await database.pool
      .query(`prepare checked as ${text}`)
      .catch((error: Error) => assert.fail(`${name}: ${error.message}\n${text}`));
    await database.pool.query('deallocate checked');
  }
});
