// Checks every import of the repository against scripts/import-rules.ts and prints the levels of the server's folders.
import { glob, readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import { places as allPlaces, type Place } from './import-rules.ts';

interface Import {
  readonly file: string;
  /** A file of this repository, `node:` and a module, or the name of a package. */
  readonly target: string;
}

/** The specifiers a file imports: values, types, re-exports, `import()` and types written as `import('…')`. */
export function readSpecifiers(file: string, source: string): string[] {
  const { module, program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  for (const { entries } of module.staticExports)
    for (const { moduleRequest } of entries) if (moduleRequest) found.push(moduleRequest.value);
  new Visitor({
    ImportExpression: ({ source: from }) => {
      if (from.type === 'Literal' && typeof from.value === 'string') found.push(from.value);
    },
    TSImportType: ({ source: from }) => void found.push(from.value),
  }).visit(program);
  return found;
}

/** Maps what the workspaces export to their source files: `@muster/sdk` to `sdk/src/index.ts`. */
export type Exports = ReadonlyMap<string, string>;

export async function readExports(root: string): Promise<Exports> {
  const found = new Map<string, string>();
  const { workspaces = [] } = await readJson(join(root, 'package.json'));
  for (const workspace of workspaces) {
    const { name, exports = {} } = await readJson(join(root, workspace, 'package.json'));
    for (const [path, target] of Object.entries(exports))
      found.set(join(name, path), join(workspace, target));
  }
  return found;
}

interface PackageJson {
  readonly name: string;
  readonly workspaces?: readonly string[];
  readonly exports?: Readonly<Record<string, string>>;
}

async function readJson(path: string): Promise<PackageJson> {
  return JSON.parse(await readFile(path, 'utf8')) as PackageJson;
}

export function resolveTarget(file: string, specifier: string, exports: Exports): string {
  if (specifier.startsWith('.')) return normalize(join(dirname(file), specifier));
  if (specifier.startsWith('node:') || builtinModules.includes(specifier))
    return `node:${specifier.replace('node:', '')}`;
  const exact = exports.get(specifier);
  if (exact) return exact;
  for (const [pattern, target] of exports) {
    const [before = '', after] = pattern.split('*');
    if (after !== undefined && specifier.startsWith(before) && specifier.endsWith(after))
      return target.replace('*', specifier.slice(before.length, specifier.length - after.length));
  }
  return specifier;
}

function isLeftOut(path: string): boolean {
  return /(^|\/)(node_modules|test|dist|generated)(\/|$)/.test(path);
}

/** Every import of the source files below `root`; tests are free to import what they test. */
export async function readImports(root: string): Promise<Import[]> {
  const exports = await readExports(root);
  const imports: Import[] = [];
  for await (const file of glob('*/**/*.{ts,tsx,mjs}', { cwd: root, exclude: isLeftOut })) {
    const source = await readFile(join(root, file), 'utf8');
    for (const specifier of readSpecifiers(file, source))
      imports.push({ file, target: resolveTarget(file, specifier, exports) });
  }
  return imports;
}

function placeOf(path: string, places: readonly Place[]): Place | undefined {
  return places
    .filter((place) => path === place.path || path.startsWith(`${place.path}/`))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
}

/** What breaks a rule, and what no import needs any more. */
export function checkImports(imports: readonly Import[], places: readonly Place[]): string[] {
  const problems = new Set<string>();
  const used = new Set<string>();
  for (const { file, target } of imports) {
    const from = placeOf(file, places);
    if (!from) continue;
    used.add(from.path);
    const to = placeOf(target, places);
    if (to) used.add(to.path).add(`${from.path} -> ${to.path}`);
    if (!isAllowed(from, to, target)) problems.add(`${file} may not import ${target}`);
  }
  for (const { path, imports: allowed } of places) {
    if (!used.has(path)) problems.add(`${path}: this rule matches no file; remove it`);
    for (const target of allowed)
      if (!used.has(`${path} -> ${target}`)) problems.add(`${path} no longer imports ${target}; remove it`);
  }
  return [...problems].toSorted();
}

function isAllowed(from: Place, to: Place | undefined, target: string): boolean {
  if (from.path === 'scripts' || from === to) return true;
  if (to) return from.imports.includes(to.path);
  if (target.startsWith('node:')) return from.node?.includes(target.slice('node:'.length)) ?? true;
  const isOurs =
    /^(contract|embedded-postgres|device-files|sdk|cli|server|muster|bench|torture|scripts)\//.test(target);
  return !isOurs && (from.packages?.includes(target) ?? true);
}

/** How far above the lowest folder each folder of the server stands. Throws when the folders form a circle. */
export function levelsOf(places: readonly Place[]): Map<string, number> {
  const levels = new Map<string, number>();
  const levelOf = (path: string, above: readonly string[]): number => {
    if (above.includes(path)) throw new Error(`Circle of folders: ${[...above, path].join(' -> ')}`);
    const imports = places.find((place) => place.path === path)?.imports ?? [];
    const below = imports.filter((target) => target.startsWith('server/'));
    const level = 1 + Math.max(0, ...below.map((target) => levelOf(target, [...above, path])));
    levels.set(path, level);
    return level;
  };
  for (const { path } of places) if (path.startsWith('server/')) levelOf(path, []);
  return levels;
}

async function main(): Promise<void> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const imports = await readImports(root);
  const problems = checkImports(imports, allPlaces);
  const levels = levelsOf(allPlaces);
  const names = Map.groupBy(levels.keys(), (path) => levels.get(path) ?? 0);
  const levelCount = Math.max(...levels.values());
  if (levelCount > 6) problems.push('The server has more than six levels.');
  for (const problem of problems) console.error(problem);
  const drawn = [...names].toSorted(([a], [b]) => b - a);
  const line = drawn.map(([, paths]) => paths.map((path) => path.replace('server/src/', '')).join(', '));
  console.log(`${imports.length} imports checked. Levels of the server: ${line.join(' > ')}`);
  if (problems.length > 0) process.exitCode = 1;
}

if (import.meta.main) await main();
