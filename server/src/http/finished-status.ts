import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { operations } from '@muster/contract';
import type { Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import type { Log } from '../log.ts';
import { bearerTokenOf, type Gate } from './authentication.ts';
import { readMsHeaders } from './ms-headers.ts';

const target = /^\/v1\/customers\/([0-9a-f-]{36})\/batchjobstatus\/([0-9a-f-]{36})$/i;

const { roles, path } = operations.getBatchUploadStatus;
const route = `/v1${path.replace(/\{(\w+)\}/g, ':$1')}`;

/** Answers a request, or leaves it alone (false) for the routes to answer. */
export type AnswerAtOnce = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Status reads of finished jobs, answered from memory before the framework sees them: polling clients make them by the
 * thousand (docs/decisions/0006-finished-status.md has the figures). Everything is checked that the routes check, by the
 * same parts; whatever is not plainly fine (another spelling, an unknown token, a full rate window, a customer or answer
 * that is not in memory) goes to the routes.
 */
export function answerFinishedStatus(ctx: Context, gate: Gate, log: Log): AnswerAtOnce {
  return (request, response) => {
    // A page of another origin needs headers that only the routes write.
    if (request.method !== 'GET' || hasBody(request) || request.headers.origin !== undefined) return false;
    const [, customerId, trackingId] = target.exec(request.url ?? '') ?? [];
    if (customerId === undefined || trackingId === undefined) return false;
    const customer = customerId.toLowerCase();
    const body = ctx.answers.find(trackingId.toLowerCase(), customer);
    if (body === undefined) return false;
    const caller = admittedCaller(ctx, gate, { request, customer });
    if (caller === undefined) return false;
    const ms = readMsHeaders(request.headers);
    response.writeHead(200, [
      ...ms.answer,
      'Content-Type',
      'application/json; charset=utf-8',
      'Content-Length',
      String(body.length),
    ]);
    response.end(body, 'latin1');
    const { requestId, correlationId } = ms;
    const { partnerId, clientId } = caller;
    log.info(
      { method: 'GET', route, status: 200, ms: 0, requestId, correlationId, partnerId, clientId },
      'request',
    );
    return true;
  };
}

/** The caller, if the token, the role, the customer and the rate all are fine as far as memory tells. */
function admittedCaller(
  ctx: Context,
  gate: Gate,
  { request, customer }: { request: IncomingMessage; customer: string },
): Caller | undefined {
  const token = bearerTokenOf(request);
  const caller = token === undefined ? undefined : gate.verify.remembered(token);
  if (caller === undefined || ctx.owners.partnerOf(customer) !== caller.partnerId) return undefined;
  if (!roles.some((role) => caller.roles.includes(role))) return undefined;
  return gate.rateLimit.tryCount(caller.partnerId, customer) ? caller : undefined;
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** Puts a quick answer before the routes of a server. */
export function answerBeforeRoutes(server: Server, answerAtOnce: AnswerAtOnce): void {
  const [routes] = server.listeners('request') as RequestListener[];
  if (!routes) throw new Error('The server has no routes yet.');
  server.removeListener('request', routes);
  server.on('request', (request, response) => {
    if (!answerAtOnce(request, response)) routes(request, response);
  });
}
