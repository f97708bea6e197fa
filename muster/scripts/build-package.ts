import { copyFileSync, cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { parseSync } from 'oxc-parser';
import { buildConsole } from '../../console/scripts/build-console.ts';
import { readExports, resolveTarget, type Exports } from '../../scripts/check-imports.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const workspaces = ['contract', 'device-files', 'embedded-postgres', 'sdk', 'server', 'cli', 'muster'];

/**
 * Makes the package that is published, in `directory`, which is emptied first: the workspaces as JavaScript, in the
 * folders they have in the repository, so that everything finds its files as it does there. Node.js runs no TypeScript
 * in `node_modules`.
 */
export async function buildPackage(directory: string): Promise<void> {
  rmSync(directory, { recursive: true, force: true });
  const exports = await readExports(root);
  const sources = globSync([`{${workspaces.join(',')}}/src/**/*.*`, 'muster/bin/muster.js'], { cwd: root });
  for (const file of sources) {
    const target = join(directory, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    if (/\.ts$|^muster\/bin\//.test(file)) writeFileSync(target, await toJavaScript(file, exports));
    else copyFileSync(join(root, file), target);
  }
  await buildConsole();
  for (const folder of ['server/migrations', 'samples', 'console/dist'])
    cpSync(join(root, folder), join(directory, folder), { recursive: true });
  copyFileSync(join(root, 'muster/README.md'), join(directory, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(directory, 'LICENSE'));
  writeJson(join(directory, 'package.json'), describePackage());
  // The command line reads its version from here.
  const { name, version, type } = readJson('cli/package.json');
  writeJson(join(directory, 'cli/package.json'), { name, version, private: true, type });
}

/** A source file as JavaScript whose imports name the built files. */
async function toJavaScript(file: string, exports: Exports): Promise<string> {
  const source = readFileSync(join(root, file), 'utf8');
  const { code } = await transform(source, {
    loader: file.endsWith('.ts') ? 'ts' : 'js',
    target: 'node22',
    charset: 'utf8',
  });
  let result = code;
  for (const { start, end } of specifiersOf(file, code).toSorted((a, b) => b.start - a.start)) {
    const specifier = code.slice(start + 1, end - 1);
    result = `${result.slice(0, start)}${JSON.stringify(toBuilt(file, specifier, exports))}${result.slice(end)}`;
  }
  // The script of a worker thread.
  return result.replaceAll(/(new URL\("\.[^"]*)\.ts", import\.meta\.url\)/g, '$1.js", import.meta.url)');
}

/** Where the specifiers of a module's imports are, with their quotation marks. */
function specifiersOf(file: string, code: string): { start: number; end: number }[] {
  const { module } = parseSync(file.replace(/\.ts$/, '.js'), code);
  const requests = module.staticImports.map(({ moduleRequest }) => moduleRequest);
  for (const { entries } of module.staticExports)
    for (const { moduleRequest } of entries) if (moduleRequest) requests.push(moduleRequest);
  for (const { moduleRequest } of module.dynamicImports)
    if (/^['"]/.test(code.slice(moduleRequest.start))) requests.push({ ...moduleRequest, value: '' });
  // Several names of one `export … from` share its specifier.
  return [...new Map(requests.map(({ start, end }) => [start, { start, end }])).values()];
}

function toBuilt(file: string, specifier: string, exports: Exports): string {
  if (!specifier.startsWith('.') && !specifier.startsWith('@muster/')) return specifier;
  const path = relative(dirname(file), resolveTarget(file, specifier, exports)).replaceAll('\\', '/');
  return (path.startsWith('.') ? path : `./${path}`).replace(/\.ts$/, '.js');
}

interface PackageJson {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

function readJson(file: string): PackageJson {
  return JSON.parse(readFileSync(join(root, file), 'utf8')) as PackageJson;
}

function writeJson(file: string, value: object): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** The dependencies are those of all workspaces, except for the workspaces themselves. */
function describePackage(): object {
  const { name, version, description, license, type, engines } = readJson('muster/package.json');
  const described = workspaces.map((workspace) => readJson(`${workspace}/package.json`));
  const collect = (member: 'dependencies' | 'optionalDependencies') =>
    Object.fromEntries(
      described
        .flatMap((one) => Object.entries(one[member] ?? {}))
        .filter(([one]) => !one.startsWith('@muster/')),
    );
  return {
    name,
    version,
    description,
    license,
    type,
    engines,
    bin: { muster: 'muster/bin/muster.js' },
    dependencies: collect('dependencies'),
    optionalDependencies: collect('optionalDependencies'),
  };
}
