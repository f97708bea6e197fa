import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Makes the package that is published, in `directory`, which is emptied first: one module without imports (what it
 * needs of the contract is in it), its declarations, and a package.json of its own. In the workspace the sources are
 * used as they are.
 */
export async function buildPackage(directory: string): Promise<void> {
  rmSync(directory, { recursive: true, force: true });
  emitDeclarations(directory);
  await build({
    entryPoints: [join(root, 'src/index.ts')],
    outfile: join(directory, 'index.js'),
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: ['node20', 'es2022'],
    charset: 'utf8',
    logLevel: 'warning',
  });
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify(describePackage(), null, 2)}\n`);
  for (const file of ['README.md', 'API.md']) copyFileSync(join(root, file), join(directory, file));
  copyFileSync(join(root, '../LICENSE'), join(directory, 'LICENSE'));
}

/** Without types of Node: what needs more than the web's own interfaces does not compile. */
export function emitDeclarations(directory: string): void {
  const tsc = join(root, '../node_modules/.bin/tsc');
  execFileSync(tsc, ['-p', join(root, 'tsconfig.build.json'), '--outDir', directory], { stdio: 'inherit' });
  // The compiler keeps the sources' `.ts` in declarations, which a consumer's compiler cannot follow.
  for (const file of globSync(join(directory, '**/*.d.ts'))) {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  }
}

function describePackage(): object {
  const source = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, description, keywords, license, engines } = source;
  const exports = {
    '.': { types: './index.d.ts', default: './index.js' },
    './package.json': './package.json',
  };
  const types = './index.d.ts';
  return {
    name,
    version,
    description,
    keywords,
    license,
    type: 'module',
    exports,
    types,
    sideEffects: false,
    engines,
  };
}
