import { hash } from 'node:crypto';
import { glob, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
/** The server puts each response's own in its place (server/src/apis/console/console-files.ts). */
const placeholderNonce = 'nonce-of-the-response';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'dist');
const stamp = join(output, 'sources.txt');

/**
 * Builds the console into `console/dist`, unless it was built from the very same sources: then it does nothing, and
 * `onBuild` is not called. True if it was built now.
 */
export async function buildConsole(onBuild: () => void = () => {}): Promise<boolean> {
  const digest = await digestSources();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === digest) return false;
  onBuild();
  const { build } = await import('vite');
  await build({
    root,
    base: '/console/',
    configFile: false,
    logLevel: 'error',
    html: { cspNonce: placeholderNonce },
    resolve: {
      // What the reader of files takes from Node.js.
      alias: {
        'node:crypto': join(root, 'src/worker/node-crypto.ts'),
        'node:buffer': join(root, 'src/worker/node-buffer.ts'),
      },
    },
    worker: { format: 'es' },
    build: {
      outDir: output,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1_500,
      assetsInlineLimit: 0,
    },
  });
  await compressAssets();
  await writeFile(stamp, digest);
  return true;
}

const sources = [
  'console/{src,scripts}/**/*',
  'console/{index.html,package.json,tsconfig.json}',
  '{contract,device-files,sdk}/src/**/*.ts',
  'package-lock.json',
];

async function digestSources(): Promise<string> {
  const cwd = join(root, '..');
  const names: string[] = [];
  for await (const entry of glob(sources, { cwd, withFileTypes: true }))
    if (entry.isFile()) names.push(join(entry.parentPath, entry.name));
  const lines = names
    .sort()
    .map(async (name) => `${name.slice(cwd.length)} ${hash('sha256', await readFile(name))}`);
  return hash('sha256', (await Promise.all(lines)).join('\n'));
}

const smallest = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

/** Each file once more in the two ways that browsers take. */
async function compressAssets(): Promise<void> {
  const folder = join(output, 'assets');
  const names = await readdir(folder);
  await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      await writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(bytes, smallest));
      await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }));
    }),
  );
}
