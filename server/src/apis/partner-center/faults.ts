import { WireError } from '@muster/contract';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RetiredAudienceError } from '../../authority/endpoints/generate-token.ts';
import { TokenError } from '../../authority/token-error.ts';
import {
  databaseRetrySeconds,
  isDatabaseUnavailable,
  reportPassingFault,
} from '../../store/database-faults.ts';
import { RateLimitError } from '../../http/rate-limit.ts';
import { discardBody } from '../../http/request-body.ts';
import { RegistryError } from '../../registry/registry-error.ts';
import { RequestError, type RequestProblem } from '../../http/request-error.ts';
import { invalidShape } from '../../http/validation-problem.ts';
import { phraseOf } from '../../texts/phrase-of.ts';
import { faultOf } from './registry-faults.ts';

/** Every error response is created here. Clients need a fault body in each, including those of unknown routes (`docs/wire.md` 5). */
export function answerWithFaults(app: FastifyInstance): void {
  // Before the body of a request without a route would be read.
  app.addHook('onRequest', (request, _reply, done) => done(request.is404 ? noOperation(request) : undefined));
  app.setErrorHandler(async (error, request, reply) => {
    await discardBody(request);
    if (error instanceof TokenError) return sendTokenError(error, request, reply);
    if (error instanceof RateLimitError) return sendRateLimit(error, reply);
    return sendFault(toWireError(error as FastifyError), request, reply);
  });
}

function noOperation({ method, originalUrl }: FastifyRequest): WireError {
  const path = originalUrl.split('?')[0] ?? '';
  return new WireError('OperationNotFound', { method, path: path.slice(0, 200) });
}

/** The fault for any error. What is not a refusal failed in the service. */
export function toWireError(error: Error & Partial<FastifyError>): WireError {
  if (error instanceof WireError) return error;
  if (error instanceof RequestError) return requestFault(error.problem, error.cause);
  if (error instanceof RetiredAudienceError)
    return new WireError('AudienceRetired', { audience: error.audience });
  if (error instanceof RegistryError) return faultOf(error.refusal);
  // `validation` is set for requests only; our own data failing a schema stays a 500.
  if (error.validation && error.validationContext !== undefined)
    return toWireError(invalidShape(error.validation[0]));
  if (isDatabaseUnavailable(error)) return new WireError('ServiceUnavailable', {}, error);
  if (
    error.code?.startsWith('FST_ERR_') &&
    error.statusCode !== undefined &&
    error.statusCode >= 400 &&
    error.statusCode < 500
  ) {
    return new WireError(
      'MalformedBody',
      { problem: phraseOf('frameworkRefusal', { message: error.message.slice(0, 200), code: error.code }) },
      error,
    );
  }
  return new WireError('InternalError', {}, error);
}

function requestFault(problem: RequestProblem, cause: unknown): WireError {
  switch (problem.kind) {
    case 'invalid-input':
      return new WireError('InvalidInput', { member: problem.member, problem: problem.problem }, cause);
    case 'token-missing':
      return new WireError('TokenMissing', {}, cause);
    case 'unauthorized':
      return new WireError('Unauthorized', { problem: problem.problem }, cause);
    case 'malformed-body':
      return new WireError('MalformedBody', { problem: problem.problem }, cause);
    case 'body-too-large':
      return new WireError('BodyTooLarge', { limit: problem.limit }, cause);
    case 'unavailable':
      return new WireError('ServiceUnavailable', {}, cause);
  }
}

function sendFault(error: WireError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (isDatabaseUnavailable(error.cause)) reportPassingFault(request.log, error.cause);
  else if (error.status >= 500)
    request.log.error(
      { err: error.cause ?? error, correlationId: request.ms.correlationId },
      'request failed',
    );
  if (error.status === 503) {
    // A closed connection lets the next try reach another node.
    reply.header('Connection', 'close');
    if (!reply.hasHeader('Retry-After')) reply.header('Retry-After', String(databaseRetrySeconds));
  }
  if (error.status === 401)
    reply.header('WWW-Authenticate', 'Bearer realm="urn:muster", error="invalid_token"');
  return reply
    .code(error.status)
    .header('Content-Type', 'application/json; charset=utf-8')
    .send(JSON.stringify(error.toFault(request.ms.locale)));
}

function sendRateLimit(error: RateLimitError, reply: FastifyReply): FastifyReply {
  return reply
    .code(429)
    .headers({
      'Content-Type': 'application/json; charset=utf-8',
      'Retry-After': String(error.retryAfterSeconds),
    })
    .send(JSON.stringify({ statusCode: 429, message: error.message }));
}

function sendTokenError(error: TokenError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = error.toBody({
    now: new Date(),
    traceId: request.ms.requestId,
    correlationId: request.ms.correlationId,
  });
  if (error.retryAfterSeconds !== undefined) reply.header('Retry-After', String(error.retryAfterSeconds));
  return reply
    .code(error.status)
    .headers({
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      Pragma: 'no-cache',
    })
    .send(JSON.stringify(body));
}
