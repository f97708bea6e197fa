import { readFile } from 'node:fs/promises';

/** The version in this package's package.json, which stands one folder above the sources and the built files alike. */
export async function readVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return version;
}
