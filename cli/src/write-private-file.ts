import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';

/**
 * Writes a file that only the user can read. It is written under another name and then renamed, so that a reader sees
 * the old file or the new one, never half of it.
 */
export async function writePrivateFile(path: string, content: string | AsyncIterable<string>): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}
