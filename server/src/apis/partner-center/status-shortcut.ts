import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { operations } from '@muster/contract';
import type { Logger } from 'pino';
import type { VerifiedToken } from '../../authority/tokens/verify-access-token.ts';
import type { Caller } from '../../registry/caller.ts';
import type { Context } from '../../registry/context.ts';
import { bearerTokenOf } from '../../authority/authenticate.ts';
import type { Admission } from '../admission.ts';
import { logOfCaller, type LogAnswered } from './caller-log.ts';
import { readMsHeaders } from '../../http/ms-headers.ts';
import { hasBody } from '../../http/slow-bodies.ts';

const customersPath = '/v1/customers/';
const statusPath = '/batchjobstatus/';
const guidLength = 36;
const targetLength = customersPath.length + statusPath.length + 2 * guidLength;

const contentType = ['Content-Type', 'application/json; charset=utf-8'];

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
export function answerFinishedStatus(ctx: Context, admission: Admission, log: Logger): AnswerAtOnce {
  return (request, response) => {
    // A page of another origin needs headers that only the routes write.
    if (!isPlain(request) || request.headers.validatemfa !== undefined) return false;
    const target = readTarget(request.url);
    if (target === undefined) return false;
    const { customer } = target;
    const body = ctx.finishedStatuses.find(target.trackingId, customer);
    if (body === undefined) return false;
    const known = knownCaller(admission, log, request);
    if (known === undefined || !isAdmitted(ctx, admission, { caller: known.token.caller, customer }))
      return false;
    const { answer, requestId, correlationId } = readMsHeaders(request.headers);
    response.writeHead(200, [...answer, ...contentType, 'Content-Length', String(body.length)]);
    response.end(body, 'latin1');
    known.logAnswered({ requestId, correlationId });
    return true;
  };
}

interface Target {
  readonly customer: string;
  readonly trackingId: string;
}

/** Whose job a target in the plain spelling asks for, in lower case. What is no id finds nothing in memory. */
function readTarget(url = ''): Target | undefined {
  if (url.length !== targetLength) return undefined;
  const path = url.toLowerCase();
  const customerEnd = customersPath.length + guidLength;
  if (!path.startsWith(customersPath) || !path.startsWith(statusPath, customerEnd)) return undefined;
  return {
    customer: path.slice(customersPath.length, customerEnd),
    trackingId: path.slice(customerEnd + statusPath.length),
  };
}

/** Whether the role, the customer and the rate are fine as far as memory tells. */
function isAdmitted(
  ctx: Context,
  admission: Admission,
  { caller, customer }: { caller: Caller; customer: string },
): boolean {
  // Requests of users are recorded by the routes, for the reports on MFA.
  if (caller.userId !== undefined) return false;
  if (ctx.owners.partnerOf(customer) !== caller.partnerId) return false;
  if (!roles.some((role) => caller.roles.includes(role))) return false;
  if (!admission.rules.hasNothingToSay(caller)) return false;
  return admission.rateLimit.tryCount(caller.partnerId, customer);
}

/** Who spoke on a connection last, as the header said it. */
interface KnownCaller {
  readonly authorization: string;
  readonly token: VerifiedToken;
  readonly logAnswered: LogAnswered;
}

const knownCallers = new WeakMap<Socket, KnownCaller>();

/**
 * The caller, if the token was verified before and still holds. A client sends the same header over and over on a
 * connection: comparing it whole takes a tenth of the time of a digest.
 */
function knownCaller(admission: Admission, log: Logger, request: IncomingMessage): KnownCaller | undefined {
  const { authorization } = request.headers;
  const last = knownCallers.get(request.socket);
  if (last !== undefined && last.authorization === authorization)
    return admission.verifier.holds(last.token) ? last : undefined;
  const bearer = bearerTokenOf(request.headers);
  const token = bearer === undefined ? undefined : admission.verifier.remembered(bearer);
  if (authorization === undefined || token === undefined) return undefined;
  const known = { authorization, token, logAnswered: logOfCaller(log, route, token.caller) };
  knownCallers.set(request.socket, known);
  return known;
}

/** A GET without a body or preferences, from no page of a browser, that says what host it is for: as HTTP/1.1 wants it. */
function isPlain(request: IncomingMessage): boolean {
  const { method, headers } = request;
  if (method !== 'GET' || hasBody(request)) return false;
  return headers.origin === undefined && headers.host !== undefined && headers.prefer === undefined;
}

/** Puts a quick answer before the routes of a server. */
export function installStatusShortcut(server: Server, answerAtOnce: AnswerAtOnce): void {
  const [routes] = server.listeners('request') as RequestListener[];
  if (!routes) throw new Error('The server has no routes yet.');
  server.removeListener('request', routes);
  server.on('request', (request, response) => {
    if (!answerAtOnce(request, response)) routes(request, response);
  });
}
