import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** How long a connection may stay open after the last response: long enough for the client to read it. */
const lingerMs = 1000;

export interface Drain {
  /**
   * Accepts no more connections, finishes the requests in progress and closes every connection. After `waitMs`
   * connections are cut; resolves to the number of requests that got no complete response.
   */
  close(waitMs: number): Promise<number>;
}

/** Follows the requests of an application, so that it can be closed without losing one. Add before any other hook. */
export function followRequests(app: FastifyInstance): Drain {
  const inProgress = new Set<ServerResponse>();
  let onIdle: (() => void) | undefined;
  app.addHook('onRequest', (_request, reply, done) => {
    const response = reply.raw;
    inProgress.add(response);
    // Unlike Fastify's onResponse, this comes even when the client has gone before the response.
    response.once('close', () => {
      inProgress.delete(response);
      if (inProgress.size === 0) onIdle?.();
    });
    done();
  });
  return {
    async close(waitMs) {
      app.server.prependListener('request', (_request, response) => closeAfter(response));
      for (const response of inProgress) closeAfter(response);
      const closed = app.close();
      const timeout = new AbortController();
      const idle = new Promise<void>((resolve) => (onIdle = resolve));
      if (inProgress.size > 0)
        await Promise.race([idle, delay(waitMs, undefined, { signal: timeout.signal }).catch(() => {})]);
      timeout.abort();
      const cutOff = inProgress.size;
      app.server.closeIdleConnections();
      // What is still open is reading its last response, or has sent a part of a request's head and no more.
      const lingering = setTimeout(() => app.server.closeAllConnections(), cutOff === 0 ? lingerMs : 0);
      await closed;
      clearTimeout(lingering);
      return cutOff;
    },
  };
}

/** A client that keeps its connection would send its next request to a server that is gone. */
function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
