import type { Logger } from 'pino';
import {
  keepAdminCredentials,
  readCredentials,
  writeCredentials,
  type Credentials,
} from './credentials-file.ts';
import type { Config } from './config.ts';
import { keepConsoleCredentials } from './console-credentials-file.ts';
import type { FirstAccess, Bootstrap } from './bootstrap-registry.ts';
import { keepPostgresRunning } from './keep-postgres-running.ts';
import { openLog } from './open-log.ts';
import { releaseInReverse, type Release } from './release-in-reverse.ts';
import { openDatabase, type Database } from '../store/database.ts';
import { explainDatabaseError } from '../store/database-faults.ts';
import { hasDeviceBatch } from '../store/registry/device-batches.ts';

export { logFileOf } from './open-log.ts';
export { readConfig, SettingError, type Config } from './config.ts';
export { tokenRequestName, type Credentials } from './credentials-file.ts';

/** A running service. */
export interface MusterServer {
  /** The URL on this machine at which it listens. */
  readonly url: string;
  /** Whether nothing has been uploaded for the customer of `credentials`, so the registry is unused. */
  readonly isNew: boolean;
  /** The credentials; undefined if the data directory has none for this registry. */
  readonly credentials: Credentials | undefined;
  /**
   * Makes a link that opens the console once, signed in as the first user. Undefined when the console is off or
   * that user may not sign in without more.
   */
  newSignInLink(): Promise<string | undefined>;
  /**
   * Finishes the requests and jobs in progress, then stops everything that was started. What is not finished after
   * MUSTER_STOP_SECONDS is cut off: then it throws, with what that was, after all has stopped. Safe to call twice.
   */
  close(): Promise<void>;
}

/** Options for programs that embed the service. */
export interface ServerOptions {
  /** Default: pino's JSON lines, on standard output or in a file (`MUSTER_LOG`). */
  readonly log?: Logger;
  /** The clock. Default: the real one. */
  readonly now?: () => Date;
  /** A monotonic clock for limits in memory. Default: that of the process. */
  readonly elapsedMs?: () => number;
  /** Called when the embedded PostgreSQL has died and cannot be started again. */
  readonly onFatal?: (reason: string) => void;
}

/** Starts the service step by step. If a step fails, the previous steps are undone and the error is thrown. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<MusterServer> {
  const log = options.log ?? openLog(config);
  const now = options.now ?? (() => new Date());
  const release = releaseInReverse(config.stopSeconds * 1000);
  try {
    // The rest of the program loads while PostgreSQL starts: together they take as long as the longer one.
    const [database, api] = await Promise.all([
      connect(config, { log, release, onFatal: options.onFatal }),
      import('./serve-api.ts'),
    ]);
    const { ctx, jobs, url, publicUrl, newSignInLink } = await api.serveApi(database, config, {
      log,
      now,
      elapsedMs: options.elapsedMs ?? (() => performance.now()),
      release,
      keep: async (expectedUrl, bootstrap) => void (await keepAccess(config, expectedUrl, bootstrap)),
    });
    const { credentials, userName } = await keepAccess(config, publicUrl);
    const isNew = credentials !== undefined && !(await hasDeviceBatch(database, credentials.customerId));
    if (config.role !== 'api') {
      jobs.start(ctx);
      const webhooks = new api.WebhookSender(ctx, log);
      release.add('webhooks', () => webhooks.stop());
    }
    return {
      url,
      isNew,
      credentials,
      newSignInLink: async () => (userName === undefined ? undefined : newSignInLink(userName)),
      close: release.all,
    };
  } catch (error) {
    await release.all().catch(() => {});
    throw config.databaseUrl === undefined ? error : explainDatabaseError(error);
  }
}

async function connect(
  config: Config,
  { log, release, onFatal }: { log: Logger; release: Release; onFatal: ServerOptions['onFatal'] },
): Promise<Database> {
  const pool = { max: config.databaseConnections };
  const deadlines = {
    statementMs: config.statementSeconds * 1000,
    waitMs: config.databaseWaitSeconds * 1000,
  };
  let database: Database;
  if (config.databaseUrl === undefined) {
    const postgres = await keepPostgresRunning({
      dataDirectory: config.dataDirectory,
      log,
      onGivenUp: (reason) => onFatal?.(reason),
    });
    release.always(() => postgres.stop());
    database = openDatabase({ ...postgres.connection, ...pool }, deadlines);
  } else {
    database = openDatabase({ connectionString: config.databaseUrl, ...pool }, deadlines);
  }
  release.add('connections to PostgreSQL', () => database.pool.end());
  return database;
}

/** Writes the first credentials to the data directory, or updates the address in existing ones. */
async function keepAccess(
  config: Config,
  publicUrl: string,
  { access, user, administrator }: Partial<Bootstrap> = {},
): Promise<{ credentials: Credentials | undefined; userName: string | undefined }> {
  await keepAdminCredentials(config.dataDirectory, publicUrl, administrator);
  const kept = await keepConsoleCredentials(config.dataDirectory, publicUrl, user);
  return { credentials: await keepCredentials(config, publicUrl, access), userName: kept?.userName };
}

async function keepCredentials(
  config: Config,
  publicUrl: string,
  access: FirstAccess | undefined,
): Promise<Credentials | undefined> {
  const place = { baseUrl: publicUrl, authority: publicUrl };
  const old = access === undefined ? await readCredentials(config.dataDirectory) : undefined;
  const credentials = access ? { ...place, ...access } : old && { ...old, ...place };
  // The port can differ from that of the last start.
  if (credentials && credentials.baseUrl !== old?.baseUrl)
    await writeCredentials(config.dataDirectory, credentials);
  return credentials;
}
