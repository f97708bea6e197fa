import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { loadSigningKeys, type SigningKeys } from './authority/signing-key.ts';
import { createTokenVerifier, partnerCenterAudiences } from './authority/verify-access-token.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { foundRegistry, type FirstAccess } from './operations/found-registry.ts';
import { localRegistrar } from './registrar/local-registrar.ts';
import type { Database } from './store/database.ts';
import { migrate } from './store/migrate.ts';

/** An API that listens. */
export interface ServedApi {
  readonly ctx: Context;
  /** The first way in, when this start made the registry. */
  readonly access: FirstAccess | undefined;
  readonly url: string;
  readonly publicUrl: string;
}

interface ServeOptions {
  readonly log: Logger;
  readonly now: () => Date;
  readonly release: (releaser: () => Promise<unknown>) => void;
}

/** Brings the database up to date and serves the API on it. */
export async function serveApi(
  database: Database,
  config: Config,
  options: ServeOptions,
): Promise<ServedApi> {
  await migrate(database);
  const [access, keys] = await Promise.all([foundRegistry(database), loadSigningKeys(database)]);
  const ctx: Context = {
    db: database,
    registrar: localRegistrar,
    now: options.now,
    limits: { devicesPerCall: config.devicesPerCall },
    claimCustomers: config.claimCustomers,
  };
  return { ctx, access, ...(await listen(ctx, config, { ...options, keys })) };
}

async function listen(
  ctx: Context,
  config: Config,
  { log, release, keys }: ServeOptions & { keys: SigningKeys },
): Promise<{ url: string; publicUrl: string }> {
  const readiness = { isStopping: false };
  const authority = {
    publicUrl: config.publicUrl ?? '',
    keys,
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
  release(async () => {
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
