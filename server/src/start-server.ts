import { pino, type Logger } from 'pino';
import { createApp } from './app.ts';
import { loadSigningKeys } from './authority/signing-key.ts';
import { createTokenVerifier, partnerCenterAudiences } from './authority/verify-access-token.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { readCredentials, writeCredentials, type Credentials } from './credentials-file.ts';
import { startJobRunner } from './jobs/job-runner.ts';
import { foundRegistry } from './operations/found-registry.ts';
import { startEmbeddedPostgres } from './postgres/embedded-postgres.ts';
import { localRegistrar } from './registrar/local-registrar.ts';
import { openDatabase, type Database } from './store/database.ts';
import { migrate } from './store/migrate.ts';

export { readConfig, SettingError, type Config } from './config.ts';
export { tokenRequestName, type Credentials } from './credentials-file.ts';

/** A running service. */
export interface MusterServer {
  /** Where it listens, as a URL on this machine. */
  readonly url: string;
  /** Whether this start made the registry. */
  readonly isNew: boolean;
  /** How to sign in; undefined when the data directory has no credentials for this registry. */
  readonly credentials: Credentials | undefined;
  /** Finishes requests and jobs at hand, then stops everything that was started. Safe to call twice. */
  close(): Promise<void>;
}

/** Hooks for whoever embeds the service. */
export interface ServerOptions {
  /** Default: pino's JSON lines on standard output. */
  readonly log?: Logger;
  /** The clock. Default: the real one. */
  readonly now?: () => Date;
  /** Called when the embedded PostgreSQL dies under the service. */
  readonly onFatal?: (reason: string) => void;
}

/** Starts the service, top to bottom. When a step fails, the steps before it are undone and the error is thrown. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<MusterServer> {
  const log = options.log ?? pino({ level: config.logLevel });
  const now = options.now ?? (() => new Date());
  const release = releaseInReverse();
  try {
    const database = await connect(config, { log, release, onFatal: options.onFatal });
    await migrate(database);
    const access = await foundRegistry(database);
    const ctx: Context = {
      db: database,
      registrar: localRegistrar,
      now,
      limits: { devicesPerCall: config.devicesPerCall },
      claimCustomers: config.claimCustomers,
    };
    const { url, publicUrl } = await listen(ctx, config, { log, release });
    const credentials = await keepCredentials(config, publicUrl, access);
    if (config.role !== 'api') {
      const runner = await startJobRunner(ctx, { jobsAtOnce: config.jobsAtOnce, log });
      release.add(() => runner.stop());
    }
    return { url, isNew: access !== undefined, credentials, close: release.all };
  } catch (error) {
    await release.all();
    throw error;
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

async function listen(
  ctx: Context,
  config: Config,
  { log, release }: { log: Logger; release: Release },
): Promise<{ url: string; publicUrl: string }> {
  const readiness = { isStopping: false };
  const authority = {
    publicUrl: config.publicUrl ?? '',
    keys: await loadSigningKeys(ctx.db),
    lifetimeSeconds: config.tokenLifetimeSeconds,
    audiences: [...partnerCenterAudiences, ...config.tokenAudiences],
  };
  const app = createApp({
    ctx,
    authority,
    verify: createTokenVerifier(authority, { audiences: config.tokenAudiences, now: ctx.now }),
    bodyBytes: config.bodyBytes,
    readiness,
    log,
    hasApi: config.role !== 'worker',
  });
  release.add(async () => {
    readiness.isStopping = true;
    await app.close();
  });
  await app.listen({ host: config.host, port: config.port });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  // Port 0 is known only now; tokens name the URL as their issuer.
  const url = `http://${toReachableHost(config.host)}:${port}`;
  authority.publicUrl ||= url;
  return { url, publicUrl: authority.publicUrl };
}

/** An address to listen on everywhere is no address to call. */
function toReachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

async function keepCredentials(
  config: Config,
  publicUrl: string,
  access: Awaited<ReturnType<typeof foundRegistry>>,
): Promise<Credentials | undefined> {
  const place = { baseUrl: publicUrl, authority: publicUrl };
  const old = access === undefined ? await readCredentials(config.dataDirectory) : undefined;
  const credentials = access ? { ...place, ...access } : old && { ...old, ...place };
  // The port can be another one than at the last start.
  if (credentials && credentials.baseUrl !== old?.baseUrl)
    await writeCredentials(config.dataDirectory, credentials);
  return credentials;
}
