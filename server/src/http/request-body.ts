import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BodyBudget, BodyOwner, Reservation } from './body-budget.ts';
import { GrowingBuffer } from './growing-buffer.ts';
import { checkJsonSize, jsonValuesMax } from './json-size.ts';
import type { TextName } from '../texts/en-us.ts';
import { phraseOf, type TextValues } from '../texts/phrase-of.ts';
import { RequestError } from './request-error.ts';
import { cutSlowBodies, hasBody, restartBodyClock } from './slow-bodies.ts';

declare module 'fastify' {
  interface FastifyRequest {
    bodyRoom: Reservation | undefined;
  }
}

/** The largest body of a route without a `bodyLimit` of its own: no honest form comes near. */
export const smallBodyBytes = 65_536;

/** Uploads of at most this size are read on the main thread. */
export const largeBodyBytes = 128 * 1024;

/**
 * Of a refused body, so much is read and thrown away for the client to see the response, or four times the route's limit
 * where that is more; then the connection is cut.
 */
const discardedBytesMin = 8 * 1024 * 1024;

/**
 * Reads every body as bytes, whatever its content type says: clients send wrong ones, and none (`docs/wire.md` 2, 7). An
 * empty body is no body. Nothing is read for a request that a hook refused. Every body takes its room from `budget` until
 * its response is sent. Throws RequestError: `body-too-large` beyond the route's `bodyLimit`, where inflating ends, too;
 * `malformed-body`; `unavailable` when there was no room in time.
 */
export function readBodiesAsBytes(app: FastifyInstance, budget: BodyBudget): void {
  app.removeAllContentTypeParsers();
  app.decorateRequest('bodyRoom');
  cutSlowBodies(app);
  // The framework refuses types that it cannot read before any parser is asked.
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.raw.headers['content-type'] !== undefined) request.raw.headers['content-type'] = undefined;
    done();
  });
  // Most requests have no body: they do not wait for a promise.
  app.addHook('preParsing', (request, reply, payload, done) => {
    const isRead = hasBody(request.raw) && request.method !== 'GET' && request.method !== 'HEAD';
    if (isRead) return makeRoom(budget, request, reply).then(() => payload);
    return done(null, payload);
  });
  app.addContentTypeParser('*', readBody);
}

/** Waits until there is room for a body, and gives the room back when its response is sent, or the client is gone. */
async function makeRoom(budget: BodyBudget, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const limit = request.routeOptions.bodyLimit;
  const bytes = announcedBytes(request);
  if (bytes > limit) throw new RequestError({ kind: 'body-too-large', limit });
  const left = new AbortController();
  const leave = (): void => left.abort();
  reply.raw.once('close', leave);
  const room = await budget.reserve(ownerOf(request), bytes, left.signal);
  reply.raw.off('close', leave);
  if (!room) throw new RequestError({ kind: 'unavailable' });
  if (reply.raw.closed) room.release();
  else reply.raw.once('close', () => room.release());
  restartBodyClock(request.raw);
  request.bodyRoom = room;
}

function ownerOf({ caller, administrator, ip }: FastifyRequest): BodyOwner {
  return { name: caller?.partnerId ?? (administrator && 'administrators'), address: ip };
}

function announcedBytes({ headers }: FastifyRequest): number {
  return Number(headers['content-length'] ?? 0);
}

async function readBody(request: FastifyRequest, payload: IncomingMessage): Promise<Buffer | undefined> {
  const limit = request.routeOptions.bodyLimit;
  const isGzipped = readEncoding(request) === 'gzip';
  const body = new GrowingBuffer(isGzipped ? 0 : announcedBytes(request));
  for await (const chunk of isGzipped ? inflated(payload) : chunksOf(payload)) {
    const length = body.length + chunk.length;
    if (length > limit) throw new RequestError({ kind: 'body-too-large', limit });
    if (!request.bodyRoom?.growTo(length)) throw new RequestError({ kind: 'unavailable' });
    body.add(chunk);
  }
  return body.length === 0 ? undefined : body.toBuffer();
}

function readEncoding({ headers }: FastifyRequest): 'gzip' | 'identity' {
  const encoding = headers['content-encoding']?.trim().toLowerCase();
  if (encoding === undefined || encoding === '' || encoding === 'identity') return 'identity';
  // RFC 9110, 8.4.1.3: both names mean the same.
  if (encoding === 'gzip' || encoding === 'x-gzip') return 'gzip';
  throw malformed('unknownEncoding');
}

/** The chunks of a request, which stays open when reading ends early: its connection is needed for the response. */
async function* chunksOf(payload: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch (error) {
    // A client that goes away half-way made the mistake: nothing in the service failed.
    throw malformed('bodyCutOff', {}, error);
  }
}

/** The inflated chunks of a request. No more is inflated than is asked for. */
async function* inflated(payload: IncomingMessage): AsyncGenerator<Buffer> {
  const source = Readable.from(chunksOf(payload));
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    throw error instanceof RequestError ? error : malformed('notGzip');
  } finally {
    source.destroy();
  }
}

/**
 * Throws away what is left of a refused request's body. A client that is still sending would not see the response, because
 * a connection which is closed with bytes unread is reset.
 */
export async function discardBody({ raw, routeOptions }: FastifyRequest): Promise<void> {
  if (!hasBody(raw) || raw.complete) return;
  const bytesMax = Math.max(discardedBytesMin, routeOptions.bodyLimit * 4);
  let bytes = 0;
  raw.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bytesMax) raw.destroy();
  });
  // A connection that breaks needs no response.
  if (!raw.closed) await once(raw, 'close').catch(() => {});
}

/**
 * The JSON value of a body; undefined when there is none. Throws `malformed-body`, naming the place but no content.
 * `valuesMax`: how many values it may hold.
 */
export function parseJsonBody(body: unknown, valuesMax = jsonValuesMax(0)): unknown {
  if (!Buffer.isBuffer(body)) return undefined;
  checkUtf8(body);
  checkJsonSize(body, valuesMax);
  return parseJson(body.toString('utf8', textStart(body)));
}

/** Throws `malformed-body` when a body is not UTF-8. */
export function checkUtf8(body: Buffer): void {
  if (!isUtf8(body)) throw malformed('notUtf8');
}

/** Where the text of a body starts: after a byte order mark. */
export function textStart(body: Buffer): number {
  return body.length >= 3 && body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    const position = /at position \d+( \(line \d+ column \d+\))?/.exec((error as Error).message)?.[0];
    throw position ? malformed('notJsonAt', { position }) : malformed('notJson');
  }
}

function malformed(name: TextName, values?: TextValues, cause?: unknown): RequestError {
  return new RequestError({ kind: 'malformed-body', problem: phraseOf(name, values) }, cause);
}

/** A digest that tells two bodies apart. */
export function digestBody(body: unknown): string {
  return Buffer.isBuffer(body) ? hash('sha256', body, 'base64') : '';
}
