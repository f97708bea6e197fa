import type { Static } from '@muster/contract/schema';
import type { Link } from '@muster/contract';
import type { FastifyRequest } from 'fastify';

/** A path below /v1, with its parts percent-encoded: the Java SDK reads no list with a raw space in a link (`docs/wire.md` 4). */
export function wirePath(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return String.raw({ raw: parts }, ...values.map((value) => encodeURIComponent(value)));
}

/** A request that a client can make; with a token, the header that takes it back. */
export function linkTo(uri: string, token?: string): Static<typeof Link> {
  return {
    uri,
    method: 'GET',
    headers: token === undefined ? [] : [{ key: 'MS-ContinuationToken', value: token }],
  };
}

/**
 * The continuation token of a request; undefined when it has none. Both names are real: the SDKs' and that of
 * Microsoft's page on paging (`docs/wire.md` 6).
 */
export function readContinuationToken({ headers }: FastifyRequest): string | undefined {
  const token = headers['ms-continuationtoken'] ?? headers.continuationtoken;
  return typeof token === 'string' && token !== '' ? token : undefined;
}
