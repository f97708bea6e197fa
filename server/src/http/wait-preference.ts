/** The longest wait, in seconds: proxies commonly cut a connection on which nothing was sent for a minute. */
export const waitSecondsMax = 50;

const waitPreference = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:;.*)?$/i;

/**
 * How many seconds a client prefers to wait rather than get an unfinished answer, by its header `Prefer: wait=N`
 * (RFC 7240), at most `waitSecondsMax`. Undefined: it has no such preference.
 */
export function readWaitPreference(prefer: string | readonly string[] | undefined): number | undefined {
  if (prefer === undefined) return undefined;
  // Of a preference that is given twice, the first counts.
  for (const preference of String(prefer).split(',')) {
    const seconds = waitPreference.exec(preference)?.[1];
    if (seconds !== undefined) return Math.min(Number(seconds), waitSecondsMax);
  }
  return undefined;
}
