import type { FastifyRequest } from 'fastify';

/**
 * The continuation token of a request; undefined when it has none. Both names are real: the SDKs' and that of
 * Microsoft's page on paging (`docs/wire.md` 6).
 */
export function readContinuationToken({ headers }: FastifyRequest): string | undefined {
  const token = headers['ms-continuationtoken'] ?? headers.continuationtoken;
  return typeof token === 'string' && token !== '' ? token : undefined;
}
