/** What stands before the path where a client writes the whole URL, as Microsoft's pages print it and proxies send it. */
const origin = /^https?:\/\/[^/?#]*/i;

/** A path as most clients send it, which needs no correction. */
const plain = /^(?:\/[\w-]+)+$/;

/**
 * The request target as routes know it. Of a whole URL (RFC 9112, 3.2.2) its path and query count. Doubled slashes are
 * real (`/v1//customers`, `//v1/...`: `docs/wire.md` 1) and are collapsed; `/v1.0/` is `/v1/`. Works on the raw target,
 * because URL parsing would take `//v1/x` for a host.
 */
export function wireTarget(target: string): string {
  if (plain.test(target)) return target;
  const local = target.startsWith('/') ? target : target.replace(origin, '') || '/';
  const queryAt = local.indexOf('?');
  const path = queryAt === -1 ? local : local.slice(0, queryAt);
  const query = queryAt === -1 ? '' : local.slice(queryAt);
  const collapsed = path.replace(/\/{2,}/g, '/').replace(/^\/v1\.0(?=\/|$)/i, '/v1');
  return collapsed.split('/').map(mendEscapes).join('/') + query;
}

/**
 * A percent sign that begins no escape stands for itself: some clients encode nothing in a batch id, and the router
 * would answer in words of its own, before any of our headers.
 */
function mendEscapes(segment: string): string {
  if (!segment.includes('%')) return segment;
  const mended = segment.replace(/%(?![0-9a-f]{2})/gi, '%25');
  try {
    decodeURIComponent(mended);
    return mended;
  } catch {
    return mended.replaceAll('%', '%25');
  }
}
