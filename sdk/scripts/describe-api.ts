import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One declaration of a `.d.ts` file. */
interface Declaration {
  readonly name: string;
  readonly comment: string;
  readonly code: string;
}

/** The API reference, in Markdown: what the package's entry exports, in its order, as declared in `directory`. */
export function describeApi(directory: string): string {
  const lines = [
    '# API of @muster/sdk',
    '',
    'Generated from the sources by scripts/generate-api.ts; a test checks that it is up to date. For recipes see the README.',
  ];
  for (const { file, names } of readExports(join(directory, 'index.d.ts'))) {
    const declarations = readDeclarations(readFileSync(join(directory, file), 'utf8'));
    for (const { name, comment, code } of declarations) {
      if (names && !names.has(name)) continue;
      lines.push('', `## ${name}`, '');
      if (comment !== '') lines.push(comment, '');
      lines.push('```ts', code, '```');
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Which files the entry exports from; without `names`, everything. */
function readExports(file: string): { file: string; names: ReadonlySet<string> | undefined }[] {
  const exported: { file: string; names: ReadonlySet<string> | undefined }[] = [];
  for (const [, what = '', from = ''] of readFileSync(file, 'utf8').matchAll(
    /^export (?:type )?([^;]*?) from '(.*?)\.js';$/gms,
  )) {
    const names = what === '*' ? undefined : new Set(what.match(/\w+/g)?.filter((word) => word !== 'type'));
    exported.push({ file: `${from}.d.ts`, names });
  }
  return exported;
}

/** The exported declarations at the top level of a file as the compiler writes it: it indents everything inside. */
function readDeclarations(text: string): Declaration[] {
  const declarations: Declaration[] = [];
  let [comment, code]: [string[], string[]] = [[], []];
  for (const line of text.split('\n')) {
    if (code.length > 0 || line.startsWith('export ')) code.push(line);
    else if (line.startsWith('/**')) comment = [line];
    else if (line.startsWith(' *')) comment.push(line);
    else comment = [];
    const isEnd = code.length === 1 ? /;$|\{ ?\}$/.test(line) : /^\S*[;}]$/.test(line);
    if (code.length === 0 || !isEnd) continue;
    const name = /^export (?:declare )?(?:class|interface|type|function|const) (\w+)/.exec(
      code[0] ?? '',
    )?.[1];
    if (name)
      declarations.push({ name, comment: toProse(comment.join('\n')), code: toCode(code.join('\n')) });
    [comment, code] = [[], []];
  }
  return declarations;
}

function toProse(comment: string): string {
  return comment
    .replace(/^\/\*\*|\s*\*\/$/g, '')
    .replace(/^ \* ?/gm, '')
    .trim();
}

function toCode(declaration: string): string {
  return declaration
    .replace(/^export (declare )?/, '')
    .replace(/^ +#private;\n/m, '')
    .replace(/^( +)/gm, (indent) => indent.slice(0, indent.length / 2))
    .trim();
}
