import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { operations } from '@muster/contract';
import type { FastifyBaseLogger, FastifyHttpOptions, FastifyServerFactory } from 'fastify';
import { rememberedCaller } from '../../authority/authenticate.ts';
import { readMsHeaders } from '../../http/ms-headers.ts';
import { hasBody } from '../../http/slow-bodies.ts';
import type { Caller } from '../../registry/caller.ts';
import type { Context } from '../../registry/context.ts';
import { admitAhead, type Admission } from '../admission.ts';

const customersPath = '/v1/customers/';
const statusPath = '/batchjobstatus/';
const guidLength = 36;
const targetLength = customersPath.length + statusPath.length + 2 * guidLength;

const operation = operations.getBatchUploadStatus;
const route = `/v1${operation.path.replace(/\{(\w+)\}/g, ':$1')}`;

/** Headers that only the routes understand. */
const specialHeaders = ['origin', 'validatemfa', 'prefer'] as const;

/** What the shortcut works with. */
export interface ShortcutParts {
  readonly ctx: Context;
  readonly admission: Admission;
  readonly log: FastifyBaseLogger;
}

/**
 * A server whose requests the framework's routes handle, except for plain status reads of finished jobs: those get their
 * response from memory before the framework sees them, because polling clients make them by the thousand
 * (docs/decisions/0006-finished-status.md has the figures). They pass the same admission. Everything that is not plain
 * (another spelling, a token that is new on its connection, a user) goes to the routes.
 */
export function installStatusShortcut(parts: ShortcutParts): FastifyServerFactory {
  const respondFromMemory = createShortcut(parts);
  return (routes, options) => {
    const { http, requestTimeout, keepAliveTimeout } = options as FastifyHttpOptions<Server>;
    return createServer({ ...http, requestTimeout, keepAliveTimeout }, (request, response) => {
      if (!respondFromMemory(request, response)) routes(request, response);
    });
  };
}

/** Responds to a request, or leaves it (false) to the routes. */
function createShortcut({ ctx, admission, log }: ShortcutParts) {
  const logRequest = createRequestLog(log);
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const target = isPlain(request) ? readTarget(request.url) : undefined;
    const body = target && ctx.finishedStatuses.find(target.trackingId, target.customerId);
    if (body === undefined) return false;
    const caller = rememberedCaller(request, admission.verifier);
    // The routes record users' requests, for the MFA reports.
    if (!caller || caller.userId !== undefined) return false;
    const ms = readMsHeaders(request.headers);
    const admitted = admitAhead(ctx, admission, {
      request: { raw: request, ms, ip: '', query: {}, caller },
      customerId: target?.customerId,
      operation,
      route,
      setHeader: (name, value) => void response.setHeader(name, value),
    });
    if (!admitted) return false;
    const contentHeaders = [
      'Content-Type',
      'application/json; charset=utf-8',
      'Content-Length',
      String(body.length),
    ];
    response.writeHead(200, [...ms.answer, ...contentHeaders]);
    response.end(body, 'latin1');
    logRequest(caller, ms);
    return true;
  };
}

interface Target {
  readonly customerId: string;
  readonly trackingId: string;
}

/** Whose job a target in the plain spelling asks for, in lower case. What is no id finds nothing in memory. */
function readTarget(url = ''): Target | undefined {
  if (url.length !== targetLength) return undefined;
  const path = url.toLowerCase();
  const customerEnd = customersPath.length + guidLength;
  if (!path.startsWith(customersPath) || !path.startsWith(statusPath, customerEnd)) return undefined;
  return {
    customerId: path.slice(customersPath.length, customerEnd),
    trackingId: path.slice(customerEnd + statusPath.length),
  };
}

/** A GET without a body and without special headers that names its host, as HTTP/1.1 requires. */
function isPlain(request: IncomingMessage): boolean {
  const { method, headers } = request;
  return (
    method === 'GET' &&
    headers.host !== undefined &&
    !hasBody(request) &&
    specialHeaders.every((name) => headers[name] === undefined)
  );
}

/** Writes the same line as the routes. The part that is the same for all requests of a caller is written once. */
function createRequestLog(log: FastifyBaseLogger) {
  const logs = new WeakMap<Caller, FastifyBaseLogger>();
  return (
    caller: Caller,
    { requestId, correlationId }: { requestId: string; correlationId: string },
  ): void => {
    let logOfCaller = logs.get(caller);
    if (!logOfCaller) {
      const { partnerId, clientId } = caller;
      logOfCaller = log.child({ method: 'GET', route, partnerId, clientId, status: 200, ms: 0 });
      logs.set(caller, logOfCaller);
    }
    logOfCaller.info({ requestId, correlationId }, 'request');
  };
}
