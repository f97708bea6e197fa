import type { FastifyInstance } from 'fastify';

const byteOrderMark = '\uFEFF';

/**
 * Puts a byte order mark before each body of the API, as the live service does: old clients cut the first character off
 * (pliancy before 6, the REST module for PowerShell).
 */
export function beginWithByteOrderMark(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const isBody = (typeof payload === 'string' || Buffer.isBuffer(payload)) && payload.length > 0;
    if (!isBody || !/^\/v1(\.0)?\//i.test(request.url)) return done(null, payload);
    reply.removeHeader('Content-Length');
    done(null, Buffer.concat([Buffer.from(byteOrderMark), Buffer.from(payload)]));
  });
}
