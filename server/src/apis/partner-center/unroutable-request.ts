import type { RequestListener, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WireError } from '@muster/contract';
import type { FastifyInstance } from 'fastify';
import { readMsHeaders } from '../../http/ms-headers.ts';
import type { TextName } from '../../texts/en-us.ts';
import { phraseOf } from '../../texts/phrase-of.ts';

/** Node's codes of requests that came in too slowly, and of a head (target and headers) that is too long. */
const tooSlow = 'ERR_HTTP_REQUEST_TIMEOUT';
const tooLong = 'HPE_HEADER_OVERFLOW';

/** The time that a client has to read the response before the connection is closed. */
const lingerMs = 2000;

/** Responds to requests that are not valid HTTP, which no route receives. */
export function answerUnreadableRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const fault = refusal(problemOf(error.code));
  const body = JSON.stringify(fault.toFault());
  const head = ['HTTP/1.1 400 Bad Request', 'Content-Type: application/json; charset=utf-8'];
  const { answer } = readMsHeaders({});
  for (let at = 0; at < answer.length; at += 2) head.push(`${answer[at]}: ${answer[at + 1]}`);
  head.push(`Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close');
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // A client that continues to send must not keep the connection.
  setTimeout(() => socket.destroy(), lingerMs).unref();
}

/**
 * Gives a fault to what Node would answer with nothing in the body, or not at all: a request without Host (set Node's
 * `requireHostHeader` to false), an Expect that nobody knows, CONNECT.
 */
export function answerUnroutableRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const isHostless = request.raw.httpVersion === '1.1' && request.headers.host === undefined;
    done(isHostless ? refusal('noHost') : undefined);
  });
  // RFC 9110, 10.1.1 lets a server ignore it. The status for it, 417, would say nothing that helps.
  app.server.on('checkExpectation', routeAnyway(app.server));
  app.server.on('connect', (_request, socket: Duplex) =>
    answerUnreadableRequest(new Error('CONNECT'), socket),
  );
}

function routeAnyway(server: Server): RequestListener {
  return (request, response) => void server.emit('request', request, response);
}

function refusal(problem: TextName): WireError {
  return new WireError('InvalidInput', { member: phraseOf('theRequest'), problem: phraseOf(problem) });
}

function problemOf(code: string | undefined): TextName {
  if (code === tooSlow) return 'tooSlow';
  return code === tooLong ? 'headTooLong' : 'notHttp';
}
