import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** The limits for slow bodies. */
export interface SlowBodyLimits {
  /** How long any body may take. */
  readonly graceMs: number;
  /** For this many received bytes, a body gets another second. */
  readonly bytesPerSecond: number;
  readonly checkEveryMs: number;
}

const defaultLimits: SlowBodyLimits = { graceMs: 30_000, bytesPerSecond: 1024, checkEveryMs: 2000 };

interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  since: number;
  bytesBefore: number;
}

const arrivals = new WeakMap<IncomingMessage, Arrival>();

/**
 * Cuts connections whose request body comes in by the drop: slower than 1 KiB a second after 30 s. The server's handler of
 * `clientError` answers, as it does when Node itself gives up on a request.
 */
export function cutSlowBodies(app: FastifyInstance, limits = defaultLimits): void {
  const arriving = new Set<Arrival>();
  app.addHook('onRequest', ({ raw: request }, { raw: response }, done) => {
    if (hasBody(request)) {
      const since = performance.now();
      const arrival = { request, response, since, bytesBefore: request.socket.bytesRead };
      arrivals.set(request, arrival);
      arriving.add(arrival);
      request.once('close', () => arriving.delete(arrival));
    }
    done();
  });
  const cutSlow = (): void => {
    for (const arrival of arriving) if (isTooSlow(arrival, limits)) cut(app.server, arrival);
  };
  // Data that arrived while the process was busy must be read first.
  const timer = setInterval(() => setImmediate(cutSlow), limits.checkEveryMs).unref();
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer);
    done();
  });
}

/** The service begins to read this body now: the time it was kept waiting does not count. */
export function restartBodyClock(request: IncomingMessage): void {
  const arrival = arrivals.get(request);
  if (!arrival) return;
  arrival.since = performance.now();
  arrival.bytesBefore = request.socket.bytesRead;
}

/** Whether a request has a body, or may have: its length is not known yet. */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

function isTooSlow(
  { request, since, bytesBefore }: Arrival,
  { graceMs, bytesPerSecond }: SlowBodyLimits,
): boolean {
  const bytes = request.socket.bytesRead - bytesBefore;
  return performance.now() - since > graceMs + (bytes / bytesPerSecond) * 1000;
}

function cut(server: Server, { request: { socket }, response }: Arrival): void {
  // Answered already: the rest of the body was only being thrown away.
  if (response.headersSent) return void socket.destroy();
  const error = Object.assign(new Error('The body came too slowly.'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
  server.emit('clientError', error, socket);
}
