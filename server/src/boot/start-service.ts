import type { Logger } from 'pino';
import { keepAdminCredentials } from './admin-credentials-file.ts';
import type { Config } from './config.ts';
import { readCredentials, writeCredentials, type Credentials } from './credentials-file.ts';
import type { FirstAccess, Founding } from './bootstrap-registry.ts';
import { startEmbeddedPostgres } from '@muster/embedded-postgres';
import { openLog } from './open-log.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { explainDatabaseError } from '../store/explain-database-error.ts';
import { hasDeviceBatch } from '../store/registry/device-batches.ts';

export { logFileOf } from './open-log.ts';
export { readConfig, SettingError, type Config } from './config.ts';
export { tokenRequestName, type Credentials } from './credentials-file.ts';

/** A running service. */
export interface MusterServer {
  /** Where it listens, as a URL on this machine. */
  readonly url: string;
  /** Whether nothing was uploaded yet for the customer of `credentials`: nobody has used this registry. */
  readonly isNew: boolean;
  /** How to sign in; undefined when the data directory has no credentials for this registry. */
  readonly credentials: Credentials | undefined;
  /** Finishes requests and jobs at hand, then stops everything that was started. Safe to call twice. */
  close(): Promise<void>;
}

/** Hooks for whoever embeds the service. */
export interface ServerOptions {
  /** Default: pino's JSON lines, on standard output or in a file (`MUSTER_LOG`). */
  readonly log?: Logger;
  /** The clock. Default: the real one. */
  readonly now?: () => Date;
  /** What limits in memory are timed with: it never goes back. Default: the process's own stopwatch. */
  readonly elapsedMs?: () => number;
  /** Called when the embedded PostgreSQL dies under the service. */
  readonly onFatal?: (reason: string) => void;
}

/** Starts the service, top to bottom. When a step fails, the steps before it are undone and the error is thrown. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<MusterServer> {
  const log = options.log ?? openLog(config);
  const now = options.now ?? (() => new Date());
  const release = releaseInReverse();
  try {
    // The rest of the program loads while PostgreSQL starts: together they take as long as the longer one.
    const [database, api] = await Promise.all([
      connect(config, { log, release, onFatal: options.onFatal }),
      import('./serve-api.ts'),
    ]);
    const { ctx, jobs, url, publicUrl } = await api.serveApi(database, config, {
      log,
      now,
      elapsedMs: options.elapsedMs ?? (() => performance.now()),
      release: release.add,
      keep: async (expectedUrl, founding) => void (await keepAccess(config, expectedUrl, founding)),
    });
    const credentials = await keepAccess(config, publicUrl);
    const isNew = credentials !== undefined && !(await hasDeviceBatch(database, credentials.customerId));
    if (config.role !== 'api') {
      jobs.start(ctx);
      release.add(() => jobs.stop());
    }
    return { url, isNew, credentials, close: release.all };
  } catch (error) {
    await release.all();
    throw config.databaseUrl === undefined ? error : explainDatabaseError(error);
  }
}

type Release = ReturnType<typeof releaseInReverse>;

/** Undoes what was started, last first. */
function releaseInReverse() {
  const releasers: (() => Promise<unknown>)[] = [];
  let done: Promise<void> | undefined;
  return {
    add: (releaser: () => Promise<unknown>): void => void releasers.push(releaser),
    all: (): Promise<void> => {
      done ??= (async () => {
        for (const releaser of releasers.toReversed()) await releaser();
      })();
      return done;
    },
  };
}

async function connect(
  config: Config,
  { log, release, onFatal }: { log: Logger; release: Release; onFatal: ServerOptions['onFatal'] },
): Promise<Database> {
  const pool = { max: config.databaseConnections, connectionTimeoutMillis: 10_000 };
  let database: Database;
  if (config.databaseUrl === undefined) {
    const postgres = await startEmbeddedPostgres({
      dataDirectory: config.dataDirectory,
      log: (message) => log.info({ source: 'postgres' }, message),
      onUnexpectedExit: (detail) => onFatal?.(`Embedded PostgreSQL stopped: ${detail}`),
    });
    release.add(() => postgres.stop());
    database = openDatabase({ ...postgres.connection, ...pool });
  } else {
    database = openDatabase({ connectionString: config.databaseUrl, ...pool });
  }
  release.add(() => database.pool.end());
  return database;
}

/** Writes the first ways in into the data directory; those that are there get the address of now. */
async function keepAccess(
  config: Config,
  publicUrl: string,
  { access, administrator }: Partial<Founding> = {},
): Promise<Credentials | undefined> {
  await keepAdminCredentials(config.dataDirectory, publicUrl, administrator);
  return keepCredentials(config, publicUrl, access);
}

async function keepCredentials(
  config: Config,
  publicUrl: string,
  access: FirstAccess | undefined,
): Promise<Credentials | undefined> {
  const place = { baseUrl: publicUrl, authority: publicUrl };
  const old = access === undefined ? await readCredentials(config.dataDirectory) : undefined;
  const credentials = access ? { ...place, ...access } : old && { ...old, ...place };
  // The port can be another one than at the last start.
  if (credentials && credentials.baseUrl !== old?.baseUrl)
    await writeCredentials(config.dataDirectory, credentials);
  return credentials;
}
