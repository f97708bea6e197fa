import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { phrase, WireError } from '@muster/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GrowingBuffer } from './growing-buffer.ts';
import { checkJsonSize, jsonValuesMax } from './json-size.ts';

const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

/** What bounds the bodies that a node reads. */
export interface BodyLimits {
  /** The largest body, in bytes. */
  readonly bytesMax: number;
  /** Resolves when a body that may be large can be read; undefined: now. */
  room(): Promise<void> | undefined;
}

/** Shorter ones are read at once, whatever else waits. */
export const largeBodyBytes = 128 * 1024;

/**
 * Reads every body as bytes, whatever its content type says: clients send wrong ones, and none (`wire.md` 2, 7). An
 * empty body is no body. What is over the limit is read to its end but not kept, so that the client gets to see the
 * answer; beyond four times the limit the connection is closed.
 */
export function readBodiesAsBytes(app: FastifyInstance, limits: BodyLimits): void {
  app.removeAllContentTypeParsers();
  // The framework refuses types that it cannot read before any parser is asked.
  app.addHook('onRequest', (request, _reply, done) => {
    delete request.raw.headers['content-type'];
    done();
  });
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: AsyncIterable<Buffer>) => {
    const announced = announcedBytes(request);
    if (announced === undefined || announced > largeBodyBytes) await limits.room();
    const body = await readBody(payload, announced, limits.bytesMax);
    return body.length === 0 ? undefined : decompress(request, body, limits.bytesMax);
  });
}

function announcedBytes({ headers }: FastifyRequest): number | undefined {
  return headers['content-length'] === undefined ? undefined : Number(headers['content-length']);
}

async function readBody(
  payload: AsyncIterable<Buffer>,
  announced: number | undefined,
  limit: number,
): Promise<Buffer> {
  let body: GrowingBuffer | undefined = new GrowingBuffer(announced ?? 0);
  let length = 0;
  try {
    for await (const chunk of payload) {
      length += chunk.length;
      if (length <= limit) body?.add(chunk);
      else if (length > limit * 4) break;
      else body = undefined;
    }
  } catch (error) {
    // A client that goes away half-way made the mistake: nothing on our side failed.
    const problem = phrase('the connection ended before it did', '連線在本文結束之前中斷');
    throw new WireError('MalformedBody', { problem }, error);
  }
  if (!body || length > limit) throw new WireError('BodyTooLarge', { limit });
  return body.toBuffer();
}

async function decompress(request: FastifyRequest, body: Buffer, limit: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase();
  if (encoding === undefined || encoding === '' || encoding === 'identity') return body;
  // RFC 9110, 8.4.1.3: both names mean the same.
  if (encoding !== 'gzip' && encoding !== 'x-gzip')
    throw new WireError('MalformedBody', {
      problem: phrase(
        'its Content-Encoding is neither gzip nor identity',
        'Content-Encoding 既不是 gzip 也不是 identity',
      ),
    });
  try {
    return await inflate(body, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new WireError('BodyTooLarge', { limit });
    throw new WireError('MalformedBody', { problem: phrase('it is not valid gzip', '不是有效的 gzip') });
  }
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
