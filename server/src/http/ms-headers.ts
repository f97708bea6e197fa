import { hash, randomFillSync, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { hostname } from 'node:os';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Locale } from '@muster/contract/locale';
import { chooseLocale } from '@muster/contract/locale';

/** The ids that tie a request to its answer and to the logs. */
export interface MsHeaders {
  readonly requestId: string;
  readonly correlationId: string;
  readonly locale: Locale;
  /** The headers of the answer: name, value, name, value. */
  readonly answer: readonly string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    ms: MsHeaders;
  }
}

/** Nine digits, as in Microsoft's example. They are the same in every response of this node. */
const serverId = String(
  Number.parseInt(hash('sha256', `${hostname()}:${process.pid}`).slice(0, 8), 16) % 1_000_000_000,
).padStart(9, '0');

/** Where MSAL.js says the id it logs a token request under. */
const clientRequestId = /[?&]client-request-id=([^&]*)/;

const plainId = /^[\w.{}-]{1,128}$/;
const correlationVector = /^[A-Za-z0-9+/]{16,22}(\.\d{1,10}){1,20}$/;

/**
 * Puts Microsoft's headers on every answer: MS-RequestId and MS-CorrelationId as sent or made, MS-CV continued or
 * begun, MS-ServerId, and X-Locale if requested (introduction of `docs/wire.md`; Partner Center's page on REST headers).
 */
export function addMsHeaders(app: FastifyInstance): void {
  app.decorateRequest('ms');
  app.addHook('onRequest', (request, reply, done) => {
    request.ms = readMsHeaders(request.headers, clientRequestId.exec(request.url)?.[1]);
    const { answer } = request.ms;
    for (let at = 0; at < answer.length; at += 2) reply.header(answer[at] ?? '', answer[at + 1]);
    done();
  });
}

/** The ids of a request, read or made, and the headers of its answer. `client-request-id` is Azure AD's name for one. */
export function readMsHeaders(headers: IncomingHttpHeaders, askedId?: string): MsHeaders {
  const requestId = readId(headers['ms-requestid']) ?? randomUUID();
  const correlationId =
    readId(headers['ms-correlationid']) ?? readId(headers['client-request-id'] ?? askedId) ?? randomUUID();
  const locale = chooseLocale(headers['x-locale']?.toString());
  const answer = ['MS-CorrelationId', correlationId, 'MS-RequestId', requestId];
  answer.push('MS-CV', continueVector(headers['ms-cv']), 'MS-ServerId', serverId);
  if (headers['x-locale'] !== undefined) answer.push('X-Locale', locale);
  return { requestId, correlationId, locale, answer };
}

/** The request id a client chose; undefined when it chose none, so that nothing can be a repeat of it. */
export function sentRequestId(request: FastifyRequest): string | undefined {
  return readId(request.headers['ms-requestid']);
}

function readId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && plainId.test(header) ? header : undefined;
}

function continueVector(header: string | string[] | undefined): string {
  if (typeof header === 'string' && header.length <= 120 && correlationVector.test(header))
    return `${header}.0`;
  return `${newVectorBase()}.0`;
}

/** Random bytes for the next vectors. Fetching them one by one costs more than all other headers together. */
const vectorBytes = 12;
const randomPool = Buffer.alloc(vectorBytes * 512);
let poolAt = randomPool.length;

function newVectorBase(): string {
  if (poolAt === randomPool.length) {
    randomFillSync(randomPool);
    poolAt = 0;
  }
  poolAt += vectorBytes;
  return randomPool.toString('base64', poolAt - vectorBytes, poolAt);
}
