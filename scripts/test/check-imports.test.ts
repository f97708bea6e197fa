import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { checkImports, levelsOf, readImports } from '../check-imports.ts';
import type { Place } from '../import-rules.ts';

const root = await mkdtemp(join(tmpdir(), 'muster-imports-'));
after(() => rm(root, { recursive: true, force: true }));

const places: readonly Place[] = [
  { path: 'contract/src', holds: 'shapes', imports: [], node: ['crypto'], packages: [] },
  { path: 'server/src/apis', holds: 'APIs', imports: ['contract/src', 'server/src/store'] },
  { path: 'server/src/store', holds: 'SQL', imports: [] },
];

const sound: Readonly<Record<string, string>> = {
  'package.json': '{"name":"root","workspaces":["contract"]}',
  'contract/package.json': '{"name":"@muster/contract","exports":{"./*":"./src/*.ts"}}',
  'contract/src/guid.ts': `import { randomUUID } from 'node:crypto';\nexport const guid = randomUUID();\n`,
  'server/src/apis/mount.ts': `import { guid } from '@muster/contract/guid';\nexport { rows } from '../store/rows.ts';\nexport const id = guid;\n`,
  'server/src/store/rows.ts': 'export type Row = string;\nexport const rows: Row[] = [];\n',
};

/** What the check says of a small repository with these files changed. */
async function problemsWith(changed: Readonly<Record<string, string>>, rules = places): Promise<string[]> {
  await rm(root, { recursive: true, force: true });
  for (const [path, text] of Object.entries({ ...sound, ...changed })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return checkImports(await readImports(root), rules);
}

test('imports in the allowed direction pass', async () => {
  assert.deepEqual(await problemsWith({}), []);
});

const upward: Readonly<Record<string, string>> = {
  'a value import': `import { id } from '../apis/mount.ts';\nexport const rows = [id];\n`,
  'a type import': `import type { id } from '../apis/mount.ts';\nexport const rows: (typeof id)[] = [];\n`,
  'a type written as an import': `export const rows: import('../apis/mount.ts').Id[] = [];\n`,
  'a re-export': `export const rows = [];\nexport * from '../apis/mount.ts';\n`,
  'an import at run time': `export const rows = [await import('../apis/mount.ts')];\n`,
};

for (const [kind, source] of Object.entries(upward))
  test(`${kind} of a folder above is refused`, async () => {
    assert.deepEqual(await problemsWith({ 'server/src/store/rows.ts': source }), [
      'server/src/store/rows.ts may not import server/src/apis/mount.ts',
    ]);
  });

test('a module of Node and a package that a place may not have are refused', async () => {
  const source = `import 'node:fs';\nimport 'left-pad';\nimport 'node:crypto';\n`;
  assert.deepEqual(await problemsWith({ 'contract/src/guid.ts': source }), [
    'contract/src/guid.ts may not import left-pad',
    'contract/src/guid.ts may not import node:fs',
  ]);
});

test('a rule without files, and a permission that nothing uses, are refused', async () => {
  const rules = [
    ...places.slice(0, 2),
    { path: 'server/src/store', holds: 'SQL', imports: ['contract/src'] },
    { path: 'server/src/jobs', holds: 'jobs', imports: [] },
  ];
  assert.deepEqual(await problemsWith({}, rules), [
    'server/src/jobs: this rule matches no file; remove it',
    'server/src/store no longer imports contract/src; remove it',
  ]);
});

test('folders that import each other are refused', () => {
  const circle: readonly Place[] = [
    { path: 'server/src/a', holds: 'a', imports: ['server/src/b'] },
    { path: 'server/src/b', holds: 'b', imports: ['server/src/a'] },
  ];
  assert.throws(
    () => levelsOf(circle),
    /Circle of folders: server\/src\/a -> server\/src\/b -> server\/src\/a/,
  );
});
