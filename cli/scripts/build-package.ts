import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const parser = join(root, '../node_modules/csv-parse');

/**
 * Makes the package that is published, in `directory`, which is emptied first. The SDK, the contract and the CSV
 * parser are in it, so that it installs alone; commands stay files of their own, so that it starts fast.
 */
export async function buildPackage(directory: string): Promise<void> {
  rmSync(directory, { recursive: true, force: true });
  await build({
    entryPoints: [join(root, 'bin/muster.js')],
    outdir: join(directory, 'lib'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    charset: 'utf8',
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'warning',
  });
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify(describePackage(), null, 2)}\n`);
  copyFileSync(join(root, 'README.md'), join(directory, 'README.md'));
  copyFileSync(join(root, '../LICENSE'), join(directory, 'LICENSE'));
  const notice = `csv-parse (https://csv.js.org) is part of this program, under this license:\n\n`;
  writeFileSync(
    join(directory, 'THIRD-PARTY-NOTICES'),
    notice + readFileSync(join(parser, 'LICENSE'), 'utf8'),
  );
}

function describePackage(): object {
  const source = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, version, description, license, engines } = source;
  return { name, version, description, license, type: 'module', bin: { muster: 'lib/muster.js' }, engines };
}
