import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { after, test } from 'node:test';
import { parseSync, Visitor } from 'oxc-parser';
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

/** Which members of the input are left out, and which were looked at, by their paths. */
interface Look {
  readonly absent: ReadonlySet<string>;
  readonly seen: Set<string>;
}

/**
 * Stands for any input: every member of it is such an input itself, unless it is left out, and every list in it is empty.
 * Only statements' texts matter here.
 */
function anyInput(look: Look, path: string): unknown {
  const self: unknown = new Proxy(() => self, {
    get: (_, member) => {
      if (member === Symbol.iterator) return () => [][Symbol.iterator]();
      if (member === Symbol.toPrimitive) return () => '0';
      if (member === 'toJSON') return () => null;
      if (member === 'length') return 0;
      if (member === 'then') return undefined;
      const name = String(member);
      if (['map', 'filter', 'flatMap', 'join', 'toSorted', 'entries'].includes(name)) return () => [];
      const memberPath = `${path}.${name}`;
      look.seen.add(memberPath);
      return look.absent.has(memberPath) ? undefined : anyInput(look, memberPath);
    },
  });
  return self;
}

/** Rows that a function must be given to get on to its next statement, where any row will not do. */
const rowsFor: Readonly<Record<string, readonly object[]>> = {
  rewriteEarlierAnswers: [{ batch_tracking_id: '', answer: Buffer.from('{"devicesStatus":[]}') }],
};

type StoreFunction = (db: Db, ...input: unknown[]) => Promise<unknown>;

/** The statements of one call, by a database that only writes down what it is asked. */
async function record(call: StoreFunction, look: Look, hasRows: boolean): Promise<string[]> {
  const texts: string[] = [];
  const rows = hasRows ? (rowsFor[call.name] ?? [anyInput(look, 'row')]) : [];
  const recorder: Db = {
    query: async <R extends object>(statement: Sql) => {
      texts.push(statement.text);
      return rows as R[];
    },
  };
  const input = ['first', 'second', 'third'].map((path) => anyInput(look, path));
  // What comes after the last statement may not get along with such input.
  await call(recorder, ...input).catch(() => {});
  return texts;
}

/** No member, each one, and each two of them: enough for every branch, if none hangs on three members at once. */
function subsets(members: readonly string[]): string[][] {
  const pairs = members.flatMap((one, index) => members.slice(index + 1).map((other) => [one, other]));
  return [[], ...members.map((member) => [member]), ...pairs];
}

/** Every statement that a function can make of its input, in any of its branches. */
async function statementsOf(call: StoreFunction): Promise<string[]> {
  const seen = new Set<string>();
  const texts: string[] = [];
  const look = async (absent: readonly string[]): Promise<void> => {
    for (const hasRows of [false, true])
      texts.push(...(await record(call, { absent: new Set(absent), seen }, hasRows)));
  };
  await look([]);
  for (const absent of subsets([...seen])) await look(absent);
  return texts;
}

/** The statements of every function of the store that takes a database, with the function that makes them. */
async function findStatements(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const file of glob('**/*.ts', { cwd: store })) {
    const module = (await import(`${store}${file}`)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) {
      if (
        typeof value !== 'function' ||
        !/^async function \w+\(\s*(db|tx|connection)\b/.test(value.toString())
      )
        continue;
      for (const text of await statementsOf(value as StoreFunction)) found.set(text, `${file}: ${name}`);
    }
  }
  return found;
}

/** Every piece of SQL in the source: the texts between its values, in order. */
async function findPieces(): Promise<{ file: string; texts: string[] }[]> {
  const pieces: { file: string; texts: string[] }[] = [];
  for await (const file of glob('**/*.ts', { cwd: store })) {
    const { program } = parseSync(file, await readFile(`${store}${file}`, 'utf8'));
    new Visitor({
      TaggedTemplateExpression({ tag, quasi }) {
        if (tag.type !== 'Identifier' || tag.name !== 'sql') return;
        pieces.push({ file, texts: quasi.quasis.map(({ value }) => value.cooked ?? '') });
      },
    }).visit(program);
  }
  return pieces;
}

function contains(statement: string, texts: readonly string[]): boolean {
  let from = 0;
  for (const text of texts) {
    const at = statement.indexOf(text, from);
    if (at === -1) return false;
    from = at + text.length;
  }
  return true;
}

const statements = await findStatements();

test('every statement of the store, in every branch, fits the migrated schema', async () => {
  for (const [text, name] of statements) {
    await database.pool
      .query(`prepare checked as ${text}`)
      .catch((error: Error) => assert.fail(`${name}: ${error.message}\n${text}`));
    await database.pool.query('deallocate checked');
  }
});

test('no piece of SQL in the store is left out of these statements', async () => {
  const pieces = await findPieces();
  assert.ok(pieces.length > 60, `only ${pieces.length} pieces of SQL were found`);
  const missing = pieces.filter(({ texts }) => ![...statements.keys()].some((text) => contains(text, texts)));
  assert.deepEqual(missing, []);
});
