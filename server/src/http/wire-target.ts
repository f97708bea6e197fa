/**
 * The request target as routes know it. Doubled slashes are real (`/v1//customers`, `//v1/...`: `wire.md` 1) and are
 * collapsed; `/v1.0/` is `/v1/`. Works on the raw target, because URL parsing would take `//v1/x` for a host.
 */
export function wireTarget(target: string): string {
  const queryAt = target.indexOf('?');
  const path = queryAt === -1 ? target : target.slice(0, queryAt);
  const query = queryAt === -1 ? '' : target.slice(queryAt);
  return path.replace(/\/{2,}/g, '/').replace(/^\/v1\.0(?=\/|$)/i, '/v1') + query;
}
