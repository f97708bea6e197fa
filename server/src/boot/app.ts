import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { TokenAuthority } from '../authority/token-authority.ts';
import type { Context } from '../registry/context.ts';
import type { AdminAdmission } from '../apis/admin/admin-admission.ts';
import type { Admission } from '../apis/admission.ts';
import type { BodyBudget } from '../http/body-budget.ts';
import type { RefusalAudit } from '../apis/audit-refusals.ts';
import { addCrossOrigin } from '../http/cross-origin.ts';
import { answerWithFaults } from '../apis/partner-center/faults.ts';
import { followRequests, type Drain } from '../http/drain-connections.ts';
import { addHealth, type Readiness } from '../http/health.ts';
import { addMsHeaders } from '../http/ms-headers.ts';
import { beginWithByteOrderMark } from '../apis/partner-center/byte-order-mark.ts';
import { readBodiesAsBytes, smallBodyBytes } from '../http/request-body.ts';
import { logRequests } from '../http/request-log.ts';
import {
  answerUnreadableRequest,
  answerUnroutableRequests,
} from '../apis/partner-center/unroutable-request.ts';
import { wireTarget } from '../http/request-target.ts';
import { addAdminRoutes } from '../apis/admin/mount-administration.ts';
import { addMusterRoutes } from '../apis/muster/mount-muster-api.ts';
import { addOpenApi, addReference } from '../apis/reference/reference.ts';
import { addOperationRoutes } from '../apis/partner-center/mount-operations.ts';
import { installStatusShortcut } from '../apis/partner-center/status-shortcut.ts';
import { addConsole } from '../apis/console/mount-console.ts';
import { addTokenRoutes } from '../authority/mount-token-authority.ts';
import type { ReadinessProbe } from '../store/readiness-probe.ts';
import type { UploadReader } from '../intake/upload-reader.ts';

/** The parts of the HTTP application. */
export interface AppOptions {
  readonly ctx: Context;
  readonly authority: TokenAuthority;
  readonly admission: Admission;
  readonly adminAdmission: AdminAdmission;
  /** Proxies whose information about the client's address is trusted. */
  readonly trustedProxies: readonly string[];
  /** The largest body of an upload. */
  readonly bodyBytes: number;
  readonly bodyBudget: BodyBudget;
  /** Origins whose pages can call the service. */
  readonly corsOrigins: readonly string[];
  /** Whether JSON of the API starts with a byte order mark, as in the live service. */
  readonly hasByteOrderMark: boolean;
  readonly uploads: UploadReader;
  readonly readiness: Readiness;
  readonly probe: ReadinessProbe;
  readonly refusals: RefusalAudit;
  readonly log: FastifyBaseLogger;
  /** Whether the web console is served. */
  readonly hasConsole: boolean;
  /** False on a node that only runs jobs: it answers health checks and nothing else. */
  readonly hasApi: boolean;
}

/** The HTTP application, not yet listening. Hooks run in the order they are added here. */
export function createApp(options: AppOptions): { app: FastifyInstance; drain: Drain } {
  const app = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger per request would only add the framework's request number. Every line has our own IDs.
    childLoggerFactory: (logger) => logger,
    bodyLimit: smallBodyBytes,
    rewriteUrl: (request) => wireTarget(request.url ?? '/'),
    // Paths match without regard to case, parameters keep theirs (`docs/wire.md` 1). What Node lets in as a request line can
    // not be longer than 16 KB, so the router never has to refuse a long parameter in words of its own.
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, maxParamLength: 16_384 },
    // The framework must not edit what clients sent.
    ajv: {
      customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: false },
    },
    // Bodies that arrive too slowly are cut earlier, by `http/slow-bodies.ts`.
    requestTimeout: 300_000,
    clientErrorHandler: answerUnreadableRequest,
    // Its response would not be a fault, so `answerUnroutableRequests` refuses instead.
    http: { requireHostHeader: false },
    exposeHeadRoutes: true,
    forceCloseConnections: 'idle',
    trustProxy: options.trustedProxies.length > 0 && [...options.trustedProxies],
    // A request that arrived before the stop gets its normal response, not a 503 in another shape.
    return503OnClosing: false,
    // The shortcut sends finished statuses as they are kept, without a mark.
    ...(options.hasApi && !options.hasByteOrderMark && { serverFactory: installStatusShortcut(options) }),
  });
  app.decorateRequest('caller');
  app.decorateRequest('administrator');
  const drain = followRequests(app);
  readBodiesAsBytes(app, options.bodyBudget);
  addMsHeaders(app);
  addCrossOrigin(app, options.corsOrigins);
  logRequests(app);
  options.refusals.watch(app);
  answerWithFaults(app);
  answerUnroutableRequests(app);
  addHealth(app, options.probe, options.readiness);
  if (options.hasByteOrderMark) beginWithByteOrderMark(app);
  if (options.hasApi) {
    addTokenRoutes(app, options.ctx, {
      authority: options.authority,
      verifier: options.admission.verifier,
      rules: options.admission.rules,
    });
    addOperationRoutes(app, options);
    addMusterRoutes(app, options);
    addOpenApi(app, options.authority);
    addReference(app);
    if (options.hasConsole) addConsole(app);
    addAdminRoutes(app, options.ctx, { admission: options.adminAdmission, hasher: options.authority.hasher });
  }
  return { app, drain };
}
