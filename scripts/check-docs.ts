// Checks what documents and comments refer to: files, sections, headings, npm scripts, and tests that run code blocks.
import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

/** The files of a repository that can cite or be cited: path from the root to text. */
type Files = ReadonlyMap<string, string>;

/** The test that runs a document's code blocks of a language. */
interface BlockRun {
  readonly document: string;
  readonly language: string;
  readonly test: string;
}

/** Files that Muster creates, which documents name although the repository does not contain them. */
const createdFiles = new Set([
  'credentials.json',
  'admin-credentials.json',
  'console-credentials.json',
  'login.json',
  'failed.csv',
]);

/** Languages of blocks that show data or output: nobody runs them. */
const shownLanguages = new Set(['text', 'http', 'json', 'csv', 'mermaid']);

const runs: readonly BlockRun[] = [
  { document: 'docs/quickstart.md', language: 'sh', test: 'scripts/test/docs.test.ts' },
  { document: 'docs/quickstart.md', language: 'js', test: 'scripts/test/docs.test.ts' },
  { document: 'docs/muster-api.md', language: 'sh', test: 'scripts/test/docs.test.ts' },
  { document: 'docs/webhooks.md', language: 'js', test: 'server/test/webhooks/receiver-example.test.ts' },
  { document: 'docs/operations.md', language: 'sql', test: 'scripts/test/docs.test.ts' },
  { document: 'sdk/README.md', language: 'ts', test: 'sdk/test/package.test.ts' },
  { document: 'sdk/API.md', language: 'ts', test: 'sdk/test/package.test.ts' },
];

const citedPath =
  /(?<![\w/:@.<>{}$*-])(?:\.{1,2}\/)*(?:[\w@.-]+\/)*[\w@-][\w@.-]*\.(?:md|ts|tsx|mjs|json|sql|csv|html|png|yml)(?![\w/])/g;
const citedSection = /\b(docs\/[\w-]+\.md)`? (\d+(?:\.\d+)?)/g;

function withoutBlocks(markdown: string): string {
  return markdown.replace(/^ *```[\s\S]*?^ *```$/gm, '');
}

/** The text of a file in which a path is a citation: comments of code, inline code of documents. */
function citingText(file: string, text: string): string {
  if (file.endsWith('.md'))
    return [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([code]) => code).join('\n');
  if (file.endsWith('.sql')) return [...text.matchAll(/--.*/g)].join('\n');
  if (!/\.(ts|tsx|mjs)$/.test(file)) return '';
  return parseSync(file, text)
    .comments.map(({ value }) => value)
    .join('\n');
}

/** Whether a cited path names a file: from the root, from the citing file, or by its last folders and name. */
function isKnown(file: string, path: string, files: Files, endings: ReadonlySet<string>): boolean {
  if (files.has(normalize(join(dirname(file), path))) || endings.has(path)) return true;
  if (createdFiles.has(path.replace(/^(\.\/)?\.muster\//, ''))) return true;
  // A file that the document tells its readers to save.
  return files.get(file)?.includes(`<!-- file: ${path} -->`) ?? false;
}

/** Every ending of every path, cut at folders: of `docs/wire.md` the whole and the name. */
function endingsOf(files: Files): Set<string> {
  const endings = new Set<string>();
  for (const path of files.keys()) {
    const parts = path.split('/');
    for (let from = 0; from < parts.length; from += 1) endings.add(parts.slice(from).join('/'));
  }
  return endings;
}

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutBlocks(markdown).matchAll(/^#{1,6} (.+)$/gm)) {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = plain.replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Whether a document has the numbered section: `4` a heading, `2.6` a heading or the sixth item of a list in 2. */
function hasSection(markdown: string, number: string): boolean {
  const [section = '', item] = number.split('.');
  if (new RegExp(`^#+ ${number.replace('.', '\\.')}\\.? `, 'm').test(markdown)) return true;
  const text =
    new RegExp(`^## ${section}\\. [\\s\\S]*?(?=^## |$(?![\\s\\S]))`, 'm').exec(markdown)?.[0] ?? '';
  return item !== undefined && new RegExp(`^${item}\\. `, 'm').test(text);
}

function checkCitations(file: string, files: Files, endings: ReadonlySet<string>): string[] {
  const text = files.get(file) ?? '';
  const problems: string[] = [];
  for (const [path] of citingText(file, text).matchAll(citedPath))
    if (!isKnown(file, path, files, endings)) problems.push(`${file} cites ${path}, which does not exist`);
  for (const [, path = '', number = ''] of text.matchAll(citedSection))
    if (files.has(path) && !hasSection(files.get(path) ?? '', number))
      problems.push(`${file} cites ${path} ${number}: no such section`);
  return problems;
}

function checkLinks(file: string, root: string, files: Files): string[] {
  const problems: string[] = [];
  const links = withoutBlocks(files.get(file) ?? '').matchAll(
    /\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g,
  );
  for (const [, path = '', anchor] of links) {
    const target = path === '' ? file : normalize(join(dirname(file), path));
    if (!existsSync(join(root, target))) problems.push(`${file} links to ${path}, which does not exist`);
    else if (anchor !== undefined && !anchorsOf(files.get(target) ?? '').has(anchor))
      problems.push(`${file} links to ${path}#${anchor}: no such heading`);
  }
  return problems;
}

/** A block is data, or `<!-- not run: reason -->` stands before it, or a test that names the document runs it. */
function checkBlocks(file: string, files: Files, blockRuns: readonly BlockRun[]): string[] {
  const problems: string[] = [];
  const text = files.get(file) ?? '';
  for (const [block, before = '', language = ''] of text.matchAll(/(.*\n)? *```(\w*)\n[\s\S]*?^ *```$/gm)) {
    if (shownLanguages.has(language) || /<!-- not run: .+ -->/.test(before)) continue;
    const run = blockRuns.find((candidate) => candidate.document === file && candidate.language === language);
    const name = file.split('/').at(-1) ?? file;
    if (run && files.get(run.test)?.includes(name)) continue;
    problems.push(`${file}: no test runs this ${language || 'plain'} block: ${block.trim().split('\n')[1]}`);
  }
  return problems;
}

function checkScripts(file: string, files: Files): string[] {
  const { scripts = {} } = JSON.parse(files.get('package.json') ?? '{}') as {
    scripts?: Record<string, string>;
  };
  return [...(files.get(file) ?? '').matchAll(/npm run (?:--?\w+ )?([\w:-]+)/g)]
    .filter(([, name = '']) => !(name in scripts))
    .map(([, name]) => `${file} names npm run ${name}, which does not exist`);
}

function isLeftOut(path: string): boolean {
  return /(^|\/)(node_modules|dist)$/.test(path);
}

async function readFiles(root: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const path of glob(['**/*.*', '.github/**/*.*'], { cwd: root, exclude: isLeftOut })) {
    if (!/\.\w+$/.test(path)) continue;
    const isText = /\.(md|ts|tsx|mjs|sql|json)$/.test(path);
    files.set(path, isText ? await readFile(join(root, path), 'utf8') : '');
  }
  return files;
}

/** What documents and comments below `root` refer to in vain. */
export async function checkDocs(root: string, blockRuns: readonly BlockRun[] = runs): Promise<string[]> {
  const files = await readFiles(root);
  const endings = endingsOf(files);
  const problems: string[] = [];
  for (const file of files.keys()) {
    problems.push(...checkCitations(file, files, endings));
    if (file.endsWith('.md'))
      problems.push(
        ...checkLinks(file, root, files),
        ...checkBlocks(file, files, blockRuns),
        ...checkScripts(file, files),
      );
  }
  return problems.toSorted();
}

async function main(): Promise<void> {
  const problems = await checkDocs(fileURLToPath(new URL('..', import.meta.url)));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log('Everything that documents and comments refer to exists.');
}

if (import.meta.main) await main();
