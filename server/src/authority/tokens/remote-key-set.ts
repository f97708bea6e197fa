import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTVerifyGetKey,
} from 'jose';
import { RequestError } from '../../http/request-error.ts';
import type { ElapsedMs } from '../../http/window-counters.ts';

/** How long one fetch from an issuer may take. */
const timeoutMs = 5000;
/** Keys older than this are fetched again while requests go on with the known ones. */
const freshMs = 10 * 60_000;
/** While the issuer is down, keys as old as this are still used. */
const staleMsMax = 24 * 60 * 60_000;
/** An unknown key, or a failed fetch, causes a new fetch no more often than this. */
const cooldownMs = 10_000;

/**
 * Finds the public keys of another issuer: named by its discovery document, kept, and fetched again when they are old or
 * when a token names a key that is not among them (the issuer has rotated). A flood of such tokens causes no flood of
 * fetches. The function throws jose's JWKSNoMatchingKey, or ServiceUnavailable when no keys can be had.
 */
export function createRemoteKeySet(options: {
  discovery: string;
  /** What the discovery document must name as issuer. */
  issuer: string;
  elapsedMs: ElapsedMs;
  /** Told about a fetch that failed. */
  onFailure: (error: unknown) => void;
}): JWTVerifyGetKey {
  // jose fetches once for all who wait. When to fetch is decided here: jose would refuse old keys while the issuer is down.
  const keys = createRemoteJWKSet(new URL(options.discovery), {
    timeoutDuration: timeoutMs,
    cacheMaxAge: Infinity,
    cooldownDuration: Infinity,
    [customFetch]: fetchKeys(options.issuer),
  });
  let fetchedAt = -Infinity;
  let triedAt = -Infinity;
  const { elapsedMs } = options;
  const refetch = async (): Promise<void> => {
    const startedAt = elapsedMs();
    if (!keys.reloading && startedAt - triedAt < cooldownMs) return;
    triedAt = startedAt;
    try {
      await keys.reload();
      fetchedAt = startedAt;
    } catch (error) {
      options.onFailure(error);
    }
  };
  return async (header, token) => {
    const ageMs = elapsedMs() - fetchedAt;
    if (ageMs > staleMsMax) await refetch();
    else if (ageMs > freshMs) void refetch();
    if (elapsedMs() - fetchedAt > staleMsMax) throw new RequestError({ kind: 'unavailable' });
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await refetch();
      return keys(header, token);
    }
  };
}

/** Fetches a discovery document and answers with the key document it names. */
function fetchKeys(issuer: string): FetchImplementation {
  return async (url, options) => {
    const document = await fetch(url, options);
    const { issuer: named, jwks_uri: keysUrl } = (await document.json()) as Record<string, unknown>;
    if (named !== issuer)
      throw new Error(`The discovery document ${url} names another issuer than ${issuer}.`);
    if (typeof keysUrl !== 'string') throw new Error(`The discovery document ${url} names no jwks_uri.`);
    return fetch(keysUrl, options);
  };
}
