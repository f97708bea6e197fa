import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { phrase, WireError, type Phrase } from '@muster/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BodyBudget, Reservation } from './body-budget.ts';
import { GrowingBuffer } from './growing-buffer.ts';
import { checkJsonSize, jsonValuesMax } from './json-size.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * The largest body of this route, in bytes; a larger one is a fault. Absent: what exceeds `smallBodyBytes` is cut
     * off, and whoever expects a form refuses it in the words of its own protocol.
     */
    bodyBytes?: number;
  }
  interface FastifyRequest {
    bodyRoom: Reservation | undefined;
  }
}

/** The largest body of a route that declares none: no honest form comes near. */
export const smallBodyBytes = 65_536;

/** Uploads of at most this size are read on the main thread. */
export const largeBodyBytes = 128 * 1024;

/** What a slow network still manages, in bytes a second, beside a fixed time. */
const slowestBytesPerSecond = 32 * 1024;
const bodySecondsMin = 20;

/** Over the limit, this much is still read and discarded, so that the client gets to see the response. */
const discardedBytesMax = 64 * 1024 * 1024;

/**
 * Reads every body as bytes, whatever its content type says: clients send wrong ones, and none (`docs/wire.md` 2, 7). An
 * empty body is no body. A body without a route is not read. What is over the limit, inflated or not, is not kept. Every
 * body takes its room from `budget` until its response is sent; one that finds none in time gets a 503.
 */
export function readBodiesAsBytes(app: FastifyInstance, budget: BodyBudget): void {
  app.removeAllContentTypeParsers();
  app.decorateRequest('bodyRoom');
  // The framework refuses types that it cannot read before any parser is asked.
  app.addHook('onRequest', (request, _reply, done) => {
    delete request.raw.headers['content-type'];
    done();
  });
  // Most requests have no body: they do not wait for a promise.
  app.addHook('preParsing', (request, reply, payload, done) => {
    if (hasBody(request) && !request.is404) return makeRoom(budget, request, reply).then(() => payload);
    return done(null, payload);
  });
  app.addContentTypeParser('*', (request: FastifyRequest, payload: Readable) => readBody(request, payload));
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || announcedBytes(headers) > 0;
}

function announcedBytes(headers: FastifyRequest['headers']): number {
  return Number(headers['content-length'] ?? 0);
}

/** Waits until there is room for a body, and gives the room back when its response is sent, or the client is gone. */
async function makeRoom(budget: BodyBudget, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const left = new AbortController();
  const leave = (): void => left.abort();
  reply.raw.once('close', leave);
  const { bodyBytes = smallBodyBytes } = request.routeOptions.config;
  const owner = request.caller?.partnerId ?? request.ip;
  const bytes = Math.min(announcedBytes(request.headers), bodyBytes);
  const room = await budget.reserve(owner, bytes, left.signal);
  reply.raw.off('close', leave);
  if (!room) {
    reply.headers({ 'Retry-After': '5', Connection: 'close' });
    throw new WireError('ServiceUnavailable');
  }
  if (reply.raw.closed) room.release();
  else reply.raw.once('close', () => room.release());
  request.bodyRoom = room;
}

async function readBody(request: FastifyRequest, payload: Readable): Promise<Buffer | undefined> {
  if (request.is404) return undefined;
  const { bodyBytes } = request.routeOptions.config;
  const limit = bodyBytes ?? smallBodyBytes;
  const announced = announcedBytes(request.headers);
  const bytes = inflateIfAsked(request, payload);
  const seconds = bodySecondsMin + announced / slowestBytesPerSecond;
  const timer = setTimeout(() => bytes.destroy(new SlowBody()), seconds * 1000);
  try {
    const body = await readUpTo(limit, bytes, { announced, room: request.bodyRoom });
    if (body.length > limit && bodyBytes !== undefined) throw new WireError('BodyTooLarge', { limit });
    return body.length === 0 ? undefined : body;
  } catch (error) {
    throw error instanceof WireError
      ? error
      : new WireError('MalformedBody', { problem: problemOf(error) }, error);
  } finally {
    clearTimeout(timer);
  }
}

class SlowBody extends Error {}

/** A client that sends broken bytes, dawdles or goes away made the mistake: nothing in the service failed. */
function problemOf(error: unknown): Phrase {
  if (error instanceof SlowBody) return phrase('it took too long to arrive', '傳送時間過長');
  if ((error as NodeJS.ErrnoException).code?.startsWith('Z_'))
    return phrase('it is not valid gzip', '不是有效的 gzip');
  return phrase('the connection ended before it did', '連線在本文結束之前中斷');
}

function inflateIfAsked(request: FastifyRequest, payload: Readable): Readable {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase();
  if (encoding === undefined || encoding === '' || encoding === 'identity') return payload;
  // RFC 9110, 8.4.1.3: both names mean the same.
  if (encoding !== 'gzip' && encoding !== 'x-gzip')
    throw new WireError('MalformedBody', {
      problem: phrase(
        'its Content-Encoding is neither gzip nor identity',
        'Content-Encoding 既不是 gzip 也不是 identity',
      ),
    });
  const gunzip = createGunzip();
  payload.once('error', (error) => gunzip.destroy(error));
  return payload.pipe(gunzip);
}

/** Keeps at most one byte more than `limit`, which says that there were more. */
async function readUpTo(
  limit: number,
  bytes: AsyncIterable<Buffer>,
  { announced, room }: { announced: number; room: Reservation | undefined },
): Promise<Buffer> {
  const body = new GrowingBuffer(Math.min(announced, limit));
  let length = 0;
  for await (const chunk of bytes) {
    const kept = chunk.subarray(0, Math.max(0, limit + 1 - length));
    length += chunk.length;
    if (kept.length > 0) {
      if (room && !room.growTo(Math.min(length, limit))) throw new WireError('ServiceUnavailable');
      body.add(kept);
    }
    if (length > discardedBytesMax + limit) break;
  }
  return body.toBuffer();
}

/**
 * The JSON value of a body; undefined when there is none. Throws MalformedBody, naming the place but no content.
 * `valuesMax`: how many values it may hold.
 */
export function parseJsonBody(body: unknown, valuesMax = jsonValuesMax(0)): unknown {
  if (!Buffer.isBuffer(body)) return undefined;
  checkUtf8(body);
  checkJsonSize(body, valuesMax);
  return parseJson(body.toString('utf8', textStart(body)));
}

/** Throws MalformedBody when a body is not UTF-8. */
export function checkUtf8(body: Buffer): void {
  if (!isUtf8(body))
    throw new WireError('MalformedBody', { problem: phrase('it is not UTF-8 text', '不是 UTF-8 文字') });
}

/** Where the text of a body starts: after a byte order mark. */
export function textStart(body: Buffer): number {
  return body.length >= 3 && body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = /at position \d+( \(line \d+ column \d+\))?/.exec((error as Error).message)?.[0];
    throw new WireError('MalformedBody', {
      problem: phrase(
        position ? `it is not valid JSON ${position}` : 'it is not valid JSON',
        position ? `不是有效的 JSON（${position}）` : '不是有效的 JSON',
      ),
    });
  }
}

/** A digest that tells two bodies apart. */
export function digestBody(body: unknown): string {
  return Buffer.isBuffer(body) ? hash('sha256', body, 'base64') : '';
}
