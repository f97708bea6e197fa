import { readFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A built file of the console, as it is and compressed. */
export interface ConsoleFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzipped: Buffer | undefined;
  readonly brotli: Buffer | undefined;
}

/** The whole console: its page, and everything the page loads, by the name below `/console/assets/`. */
export interface ConsoleFiles {
  /** With `placeholderNonce` where the nonce of a response belongs. */
  readonly page: string;
  readonly assets: ReadonlyMap<string, ConsoleFile>;
}

/** Written into the page by the build. */
export const placeholderNonce = 'nonce-of-the-response';

const builtDirectory = fileURLToPath(new URL('../../../../console/dist/', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Reads what `npm run build -w console` made; undefined when it has not run. */
export async function readConsoleFiles(directory = builtDirectory): Promise<ConsoleFiles | undefined> {
  const page = await readFile(join(directory, 'index.html'), 'utf8').catch(() => undefined);
  if (page === undefined) return undefined;
  const folder = join(directory, 'assets');
  const names = await readdir(folder);
  const read = (name: string) => (names.includes(name) ? readFile(join(folder, name)) : undefined);
  const assets = new Map<string, ConsoleFile>();
  for (const name of names) {
    const type = types[extname(name)];
    if (type === undefined) continue;
    const [bytes, gzipped, brotli] = await Promise.all([
      readFile(join(folder, name)),
      read(`${name}.gz`),
      read(`${name}.br`),
    ]);
    assets.set(name, { type, bytes, gzipped, brotli });
  }
  return { page, assets };
}
