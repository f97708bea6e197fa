import type { FastifyInstance } from 'fastify';

/** Logs one line per request, after its response. It has the route's pattern, but never a query, body, or token. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        requestId: request.ms.requestId,
        correlationId: request.ms.correlationId,
        partnerId: request.caller?.partnerId,
        clientId: request.caller?.clientId,
        administrator: request.administrator?.name,
      },
      'request',
    );
    done();
  });
}
