import type { RequestListener, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { phrase, WireError, type Phrase } from '@muster/contract';
import type { FastifyInstance } from 'fastify';
import { readMsHeaders } from '../../http/ms-headers.ts';

/** Node's codes of requests that came in too slowly, and of a head (target and headers) that is too long. */
const tooSlow = 'ERR_HTTP_REQUEST_TIMEOUT';
const tooLong = 'HPE_HEADER_OVERFLOW';

/** For a client to read its answer in before the connection is cut. */
const lingerMs = 2000;

/** Answers what is no HTTP request at all, before any route could. */
export function answerUnreadableRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const fault = new WireError('InvalidInput', { member: theRequest, problem: problemOf(error.code) });
  const body = JSON.stringify(fault.toFault());
  const head = ['HTTP/1.1 400 Bad Request', 'Content-Type: application/json; charset=utf-8'];
  const { answer } = readMsHeaders({});
  for (let at = 0; at < answer.length; at += 2) head.push(`${answer[at]}: ${answer[at + 1]}`);
  head.push(`Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close');
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // A client that goes on sending must not keep the connection.
  setTimeout(() => socket.destroy(), lingerMs).unref();
}

/**
 * Gives a fault to what Node would answer with nothing in the body, or not at all: a request without Host (set Node's
 * `requireHostHeader` to false), an Expect that nobody knows, CONNECT.
 */
export function answerUnroutableRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const isHostless = request.raw.httpVersion === '1.1' && request.headers.host === undefined;
    done(isHostless ? new WireError('InvalidInput', { member: theRequest, problem: noHost }) : undefined);
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

const theRequest = phrase('The request', '要求');
const noHost = phrase('has no Host header', '沒有 Host 標頭');

function problemOf(code: string | undefined): Phrase {
  if (code === tooSlow) return phrase('took too long to arrive', '傳送時間過長');
  if (code === tooLong) return phrase('has a URL or headers that are too long', '的 URL 或標頭過長');
  return phrase('is not valid HTTP for this service', '不是此服務可接受的 HTTP 要求');
}
