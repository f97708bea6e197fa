import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * What pages of other origins may use: the API, the token endpoints and what leads to them. Not the sign-in pages, the
 * administration, the reference page or health.
 */
const shared =
  /^\/((muster\/)?v1\/|(v3\/)?generatetoken\/?$|openapi\.json$|[^/]+\/(oauth2\/(v2\.0\/)?(token|devicecode)\/?$|(v2\.0\/)?\.well-known\/|discovery\/))/i;

/** What a page's script may read of an answer, beside the body. */
const exposed = 'Location, Retry-After, MS-RequestId, MS-CorrelationId';

const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';

/** Two hours: the longest that Chromium remembers a preflight. */
const preflightSeconds = 7200;

/**
 * Lets pages of the listed origins call the service (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol). An origin
 * matches exactly or not at all, and cookies are never allowed: callers prove themselves by a bearer token. Add it after
 * the MS headers and before anything that refuses, so that a page can read refusals too.
 */
export function addCrossOrigin(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const allowed = new Set(origins);
  app.addHook('onRequest', (request, reply, done) => {
    if (!shared.test(request.url.split('?')[0] ?? '')) return done();
    // An answer kept by a cache for one origin, or for none, is not the one for another.
    reply.header('Vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !allowed.has(origin)) return done();
    reply.headers({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': exposed });
    if (isPreflight(request)) return void answerPreflight(request, reply);
    done();
  });
}

function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

/** Every header is allowed to an origin that is: clients of Partner Center send a dozen kinds, and `*` leaves out tokens. */
function answerPreflight(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const headers = request.headers['access-control-request-headers'];
  if (headers !== undefined) reply.header('Access-Control-Allow-Headers', headers);
  return reply
    .code(204)
    .headers({ 'Access-Control-Allow-Methods': methods, 'Access-Control-Max-Age': String(preflightSeconds) })
    .send();
}
