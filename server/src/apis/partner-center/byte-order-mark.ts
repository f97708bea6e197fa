import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const byteOrderMark = '\uFEFF';

/**
 * Puts a byte order mark before each body of the API, as the live service does: old clients cut the first character off
 * (pliancy before 6, the REST module for PowerShell).
 */
export function beginWithByteOrderMark(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    if (payload instanceof Readable && isApi(request)) return done(null, Readable.from(withMark(payload)));
    const isBody = (typeof payload === 'string' || Buffer.isBuffer(payload)) && payload.length > 0;
    if (!isBody || !isApi(request)) return done(null, payload);
    reply.removeHeader('Content-Length');
    done(null, Buffer.concat([Buffer.from(byteOrderMark), Buffer.from(payload)]));
  });
}

function isApi({ url }: FastifyRequest): boolean {
  return /^\/v1(\.0)?\//i.test(url);
}

async function* withMark(body: Readable): AsyncGenerator<string | Buffer> {
  yield byteOrderMark;
  yield* body as AsyncIterable<string | Buffer>;
}
