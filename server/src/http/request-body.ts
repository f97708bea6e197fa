import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { phrase, WireError } from '@muster/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip);

/**
 * Reads every body as bytes, whatever its content type says: clients send wrong ones, and none (`wire.md` 2, 7). An
 * empty body is no body. What is over the limit is read to its end but not kept, so that the client gets to see the
 * answer; beyond four times the limit the connection is closed.
 */
export function readBodiesAsBytes(app: FastifyInstance, limit: number): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: AsyncIterable<Buffer>) => {
    const body = await readBody(payload, limit);
    return body.length === 0 ? undefined : decompress(request, body, limit);
  });
}

async function readBody(payload: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  let chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of payload) {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else if (length > limit * 4) break;
    else chunks = [];
  }
  if (length > limit) throw new WireError('BodyTooLarge', { limit });
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length);
}

async function decompress(request: FastifyRequest, body: Buffer, limit: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase();
  if (encoding === undefined || encoding === 'identity') return body;
  if (encoding !== 'gzip')
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

/** The JSON value of a body; undefined when there is none. Throws MalformedBody, naming the place but no content. */
export function parseJsonBody(body: unknown): unknown {
  if (!Buffer.isBuffer(body)) return undefined;
  if (!isUtf8(body))
    throw new WireError('MalformedBody', { problem: phrase('it is not UTF-8 text', '不是 UTF-8 文字') });
  const hasMark = body.length >= 3 && body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  try {
    return JSON.parse(body.toString('utf8', hasMark ? 3 : 0));
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
