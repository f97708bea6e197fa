import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Database } from './database.ts';

const directory = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Any fixed number: nodes that start together migrate one after the other. */
const migrationLock = 5_272_026_001;

/**
 * Brings the schema to this version. Safe when several nodes start at once; one that finds nothing
 * to do costs two statements. Throws when the database is newer than this code: starting would risk its data.
 */
export async function migrate(database: Database): Promise<void> {
  const newest = await newestMigration();
  const version = await schemaVersion(database);
  if (version === newest) return;
  if (version > newest) {
    throw new Error(
      `The database has schema version ${version}, newer than this Muster knows (${newest}). Start the newer version.`,
    );
  }
  // Loaded only here: most starts have nothing to migrate.
  const { default: Postgrator } = await import('postgrator');
  // A migration takes as long as it takes.
  const client = database.newClient();
  await client.connect();
  try {
    // One transaction, so that a start that is killed half-way leaves nothing behind.
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    await new Postgrator({
      driver: 'pg',
      migrationPattern: `${directory}/*.sql`,
      schemaTable: 'schema_versions',
      execQuery: (query) => client.query(query),
    }).migrate();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

async function newestMigration(): Promise<number> {
  const files = await readdir(directory);
  return Math.max(...files.map((file) => Number.parseInt(file, 10)).filter(Number.isInteger));
}

async function schemaVersion(database: Database): Promise<number> {
  const found = await database.pool.query<{ exists: boolean }>(
    `select to_regclass('schema_versions') is not null as exists`,
  );
  if (found.rows[0]?.exists !== true) return 0;
  const result = await database.pool.query<{ version: number }>(
    'select coalesce(max(version), 0)::int as version from schema_versions',
  );
  return result.rows[0]?.version ?? 0;
}
