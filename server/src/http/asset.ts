import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const compress = promisify(gzip);

/** Bytes that are the same for every caller, ready to be sent. */
export interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzipped: Buffer;
  /** A strong entity tag, quoted. */
  readonly etag: string;
}

/** Compresses once what is sent many times. */
export async function toAsset(bytes: Buffer, type: string): Promise<Asset> {
  return { type, bytes, gzipped: await compress(bytes), etag: `"${hash('sha256', bytes).slice(0, 32)}"` };
}

/** An asset that is made when it is first wanted, and once: a failure is forgotten. */
export function lazyAsset(make: () => Promise<Asset>): () => Promise<Asset> {
  let made: Promise<Asset> | undefined;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
}

/** Sends an asset, or a 304 to clients that have it. Caches can keep it, but must revalidate it. */
export function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  const takesGzip = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(
    String(request.headers['accept-encoding']),
  );
  // The two forms are different bytes, so they have different tags.
  const etag = takesGzip ? asset.etag.replace(/"$/, '-gzip"') : asset.etag;
  reply.headers({
    ETag: etag,
    'Cache-Control': 'no-cache',
    Vary: [reply.getHeader('Vary'), 'Accept-Encoding'].filter(Boolean).join(', '),
    'X-Content-Type-Options': 'nosniff',
  });
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
  if (takesGzip) reply.header('Content-Encoding', 'gzip');
  return reply.header('Content-Type', asset.type).send(takesGzip ? asset.gzipped : asset.bytes);
}

/** If-None-Match compares weakly: proxies weaken tags. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}
