import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { checkDocs } from '../check-docs.ts';

const root = await mkdtemp(join(tmpdir(), 'muster-check-docs-'));
after(() => rm(root, { recursive: true, force: true }));

const fence = '```';
const sound: Readonly<Record<string, string>> = {
  'package.json': '{"scripts":{"start":"node start.ts"}}',
  'README.md': `# Example\n\n[Facts](docs/facts.md#2-limits), and \`npm run start\`. Writes \`.muster/credentials.json\`.\n`,
  'docs/facts.md': `# Facts\n\n## 2. Limits\n\n1. One.\n2. Two.\n\n${fence}sh\ntrue\n${fence}\n\n${fence}json\n{}\n${fence}\n`,
  'server/src/limits.ts': '// As `docs/facts.md` 2.2 and `src/limits.ts` say.\nexport const limit = 1;\n',
  'server/migrations/1.sql': '-- See docs/facts.md 2.\nselect 1;\n',
  'server/test/facts.test.ts': "const facts = 'facts.md';\n",
};
const runs = [{ document: 'docs/facts.md', language: 'sh', test: 'server/test/facts.test.ts' }];

/** What the check reports for a small repository with these files changed. */
async function problemsWith(changed: Readonly<Record<string, string>>): Promise<string[]> {
  await rm(root, { recursive: true, force: true });
  for (const [path, text] of Object.entries({ ...sound, ...changed })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return checkDocs(root, runs);
}

test('citations, links, sections, scripts, and code blocks that exist pass', async () => {
  assert.deepEqual(await problemsWith({}), []);
});

const broken: readonly (readonly [what: string, path: string, text: string, problem: string])[] = [
  ['a path in a comment', 'server/src/a.ts', '/** See `docs/none.md`. */', 'cites docs/none.md'],
  ['a path in a comment without quotes', 'server/src/a.ts', '// See docs/none.md.', 'cites docs/none.md'],
  ['a path in a comment of SQL', 'server/migrations/2.sql', '-- See docs/none.md.', 'cites docs/none.md'],
  ['a path in a document', 'docs/a.md', 'See `src/none.ts`.', 'cites src/none.ts'],
  ['a section in a comment', 'server/src/a.ts', '// `docs/facts.md` 3', 'docs/facts.md 3: no such section'],
  ['an item of a section', 'server/src/a.ts', '// `docs/facts.md` 2.3', 'docs/facts.md 2.3: no such section'],
  ['a section in a test name', 'server/test/a.ts', "const a = 'docs/facts.md 3: a';", 'no such section'],
  ['a link', 'docs/a.md', '[a](none.md)', 'links to none.md'],
  ['an anchor in another document', 'docs/a.md', '[a](facts.md#none)', 'facts.md#none: no such heading'],
  ['an anchor in the same document', 'docs/a.md', '# A\n\n[a](#b)', '#b: no such heading'],
  ['a script', 'docs/a.md', '`npm run --silent none`', 'names npm run none'],
  [
    'a block that no test runs',
    'docs/a.md',
    `${fence}sh\nfalse\n${fence}`,
    'no test runs this sh block: false',
  ],
  [
    'a test that does not read the document',
    'server/test/facts.test.ts',
    '',
    'no test runs this sh block: true',
  ],
];
for (const [what, path, text, problem] of broken)
  test(`the check fails on what does not exist: ${what}`, async () => {
    const problems = await problemsWith({ [path]: text });
    assert.equal(problems.length, 1, problems.join('\n'));
    assert.ok(problems[0]?.includes(problem), problems[0]);
  });

test('a block with a reason why no test runs it passes', async () => {
  const text = `<!-- not run: needs Windows -->\n${fence}sh\nfalse\n${fence}\n`;
  assert.deepEqual(await problemsWith({ 'docs/a.md': text }), []);
});
