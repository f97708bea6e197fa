import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { createSignInLink } from '../authority/grants/sign-in-link.ts';
import type { ElapsedMs } from '../http/window-counters.ts';
import { createSlowHasher } from '../authority/slow-hash.ts';
import type { TokenAuthority } from '../authority/token-authority.ts';
import type { Config } from './config.ts';
import type { Context } from '../registry/context.ts';
import { createAdminAdmission, createAdmission, openTokenAuthority } from './open-token-authority.ts';
import { bootstrapRegistry, type Bootstrap } from './bootstrap-registry.ts';
import { BodyBudget } from '../http/body-budget.ts';
import { explainListenError } from './explain-listen-error.ts';
import { rememberFinishedStatus } from '../apis/partner-center/batch-job-endpoints.ts';
import type { Release } from './release-in-reverse.ts';
import { JobRunner } from '../jobs/job-runner.ts';
import { CustomerOwners } from '../cache/customer-owners.ts';
import { FinishedStatuses } from '../cache/finished-statuses.ts';
import { followChanges } from '../cache/follow-changes.ts';
import { EventNotices } from '../cache/event-notices.ts';
import { JobEnds } from '../cache/job-ends.ts';
import { StatusReads } from '../cache/status-reads.ts';
import { WaitingPlaces } from '../cache/waiting-places.ts';
import { createAddressCheck } from '../registry/webhooks/address-check.ts';
import { localRegistrar } from '../registrars/local/local-registrar.ts';
import type { Database } from '../store/database.ts';
import { ReadinessProbe } from '../store/readiness-probe.ts';
import { keepAuditPartitions } from '../store/audit-records.ts';
import { migrate } from '../store/migrate.ts';
import { RefusalAudit } from '../apis/audit-refusals.ts';
import { parseUpload, uploadThread } from '../apis/partner-center/parse-upload.ts';
import { createUploadReader } from '../intake/upload-reader.ts';

export { WebhookSender } from '../jobs/webhooks/webhook-sender.ts';

/** An API that listens. */
export interface ServedApi {
  readonly ctx: Context;
  /** Not yet started. */
  readonly jobs: JobRunner;
  readonly url: string;
  readonly publicUrl: string;
  /** See `createSignInLink`. */
  readonly newSignInLink: (userName: string) => Promise<string | undefined>;
}

interface ServeOptions {
  readonly log: Logger;
  readonly now: () => Date;
  readonly elapsedMs: ElapsedMs;
  readonly release: Release;
  /** Stores the first credentials before they are valid. */
  readonly keep: (publicUrl: string, bootstrap: Bootstrap) => Promise<void>;
}

/** The number of sign-ins that can wait while others are checked. At 30 ms each, the last one waits for seconds. */
const waitingChecksMax = 100;

/** Clients wait for at least a minute. A request that has found no room by then should be retried. */
const bodyWaitMs = 20_000;

/** Brings the database up to date and serves the API on it. */
export async function serveApi(
  database: Database,
  config: Config,
  options: ServeOptions,
): Promise<ServedApi> {
  await migrate(database);
  await keepAuditPartitions(database, config.auditDays);
  const finishedStatuses = new FinishedStatuses(config.statusCacheBytes);
  const waitingPlaces = new WaitingPlaces({
    perNode: config.waitingRequests,
    perPartner: config.waitingRequestsPerPartner,
  });
  const jobEnds = new JobEnds(waitingPlaces);
  const jobs = new JobRunner({
    jobsAtOnce: config.jobsAtOnce,
    log: options.log,
    onLocalJobEnded: (job) => {
      rememberFinishedStatus(finishedStatuses, job);
      jobEnds.ended(job.trackingId);
    },
  });
  const ctx: Context = {
    db: database,
    registrar: localRegistrar,
    now: options.now,
    limits: { devicesPerCall: config.devicesPerCall, auditDays: config.auditDays },
    claimCustomers: config.claimCustomers,
    owners: new CustomerOwners(),
    finishedStatuses,
    statusReads: new StatusReads(),
    jobEnds,
    waitingPlaces,
    eventNotices: new EventNotices(),
    allowsAddress: createAddressCheck(config.webhookNetworks),
    localJobs: jobs,
  };
  const unfollow = followChanges(database, ctx, options.log);
  options.release.add('notices of changes', async () => unfollow());
  // After the last requests, which may still add jobs.
  options.release.add('jobs', () => jobs.stop());
  const hasher = createSlowHasher({ atOnce: config.passwordChecksAtOnce, waitingMax: waitingChecksMax });
  const isAdminSecretSet = config.adminSecret !== undefined;
  // With port 0 the address is known once the service listens, and written then.
  const expectedUrl = config.publicUrl ?? urlOf(config.host, config.port);
  const keep = (made: Bootstrap) => options.keep(expectedUrl, made);
  const [, authority] = await Promise.all([
    bootstrapRegistry(database, { now: options.now(), hasher, isAdminSecretSet, keep }),
    openTokenAuthority(ctx, config, { hasher, elapsedMs: options.elapsedMs }),
  ]);
  const listening = await listen(ctx, config, { ...options, authority });
  const newSignInLink = async (userName: string) =>
    config.console === 'on' ? createSignInLink(ctx, { publicUrl: listening.publicUrl, userName }) : undefined;
  return { ctx, jobs, newSignInLink, ...listening };
}

async function listen(
  ctx: Context,
  config: Config,
  {
    log,
    release,
    elapsedMs,
    authority,
  }: ServeOptions & { authority: TokenAuthority & { publicUrl: string } },
): Promise<{ url: string; publicUrl: string }> {
  log.info({ rules: config.rules }, `rules of Partner Center: ${config.rules} (MUSTER_RULES)`);
  const readiness = { isStopping: false };
  const probe = new ReadinessProbe(ctx.db);
  release.add('readiness check', () => probe.close());
  const admission = createAdmission(ctx, config, { authority, log, elapsedMs });
  // After the last requests, which are recorded, too.
  release.add('recorded requests', () => admission.partnerRequests.write());
  const uploads = createUploadReader({
    threadsMax: config.uploadThreads,
    bytesMax: config.bodyBytes,
    parse: parseUpload,
    script: uploadThread,
  });
  const refusals = new RefusalAudit({ db: ctx.db, log, elapsedMs });
  release.add('audit records of refusals', () => refusals.close());
  // Released after the application, whose last requests may still need it.
  release.add('upload threads', () => uploads.close());
  const { app, drain } = createApp({
    ctx,
    authority,
    admission,
    adminAdmission: createAdminAdmission(config, admission),
    trustedProxies: config.trustedProxies,
    bodyBytes: config.bodyBytes,
    bodyBudget: new BodyBudget({
      bytesMax: config.bodyMemoryBytes,
      bodyBytesMax: config.bodyBytes,
      waitMs: bodyWaitMs,
    }),
    corsOrigins: config.corsOrigins,
    hasByteOrderMark: config.hasByteOrderMark,
    hasConsole: config.console === 'on',
    uploads,
    refusals,
    readiness,
    probe,
    log,
    hasApi: config.role !== 'worker',
  });
  release.add('requests', async (waitMs) => {
    readiness.isStopping = true;
    ctx.jobEnds.stop();
    ctx.eventNotices.stop();
    const cutOff = await drain.close(waitMs);
    if (cutOff > 0) throw new Error(`${cutOff} in progress were cut off`);
  });
  const { host } = config;
  await app.listen({ host, port: config.port }).catch((error: unknown) => {
    throw explainListenError(error, config);
  });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  // Port 0 is known only now; tokens name the URL as their issuer.
  const url = urlOf(host, port);
  authority.publicUrl ||= url;
  return { url, publicUrl: authority.publicUrl };
}

function urlOf(host: string, port: number): string {
  return `http://${toReachableHost(host)}:${port}`;
}

/** A wildcard address cannot be called. */
function toReachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
