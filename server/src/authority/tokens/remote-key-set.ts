import { WireError } from '@muster/contract';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** How long one request to an issuer may take. */
const timeoutMs = 5000;
/** Keys are fetched again, behind the requests, when they are older than this. */
const freshMs = 10 * 60_000;
/** With the issuer down, keys as old as this are still used. */
const staleMsMax = 24 * 60 * 60_000;
/** An unknown key, or a failed fetch, causes a new fetch no more often than this. */
const cooldownMs = 10_000;
const documentBytesMax = 1_048_576;

/** Finds an issuer's public keys. */
export interface RemoteKeySet {
  /** The key a token names. Throws jose's JWKSNoMatchingKey, or ServiceUnavailable when no keys can be had. */
  readonly find: JWTVerifyGetKey;
}

/**
 * The keys of another issuer: found by its discovery document, kept, and fetched again when they are old or when a
 * token names a key that is not among them (the issuer has rotated). A flood of such tokens causes no flood of fetches.
 */
export function createRemoteKeySet(options: {
  discovery: string;
  /** What the discovery document must name as issuer. */
  issuer: string;
  now: () => Date;
  /** Told about a fetch that failed. */
  onFailure: (error: unknown) => void;
}): RemoteKeySet {
  let known: { find: JWTVerifyGetKey; fetchedAt: number } | undefined;
  let triedAt = -Infinity;
  let fetching: Promise<void> | undefined;

  const refetch = (): Promise<void> => {
    fetching ??= (async () => {
      const startedAt = options.now().getTime();
      triedAt = startedAt;
      try {
        known = { find: createLocalJWKSet(await fetchKeys(options)), fetchedAt: startedAt };
      } catch (error) {
        options.onFailure(error);
      } finally {
        fetching = undefined;
      }
    })();
    return fetching;
  };
  const isCool = (): boolean => options.now().getTime() - triedAt >= cooldownMs;
  const ageMs = (): number => (known ? options.now().getTime() - known.fetchedAt : Infinity);

  return {
    find: async (header, token) => {
      if (ageMs() > staleMsMax) {
        if (isCool() || fetching) await refetch();
      } else if (ageMs() > freshMs && isCool()) void refetch();
      if (!known || ageMs() > staleMsMax) throw new WireError('ServiceUnavailable');
      try {
        return await known.find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey) || !(isCool() || fetching)) throw error;
        await refetch();
        return known.find(header, token);
      }
    },
  };
}

async function fetchKeys(options: { discovery: string; issuer: string }): Promise<JSONWebKeySet> {
  const discovery = await fetchJson(options.discovery);
  if (discovery.issuer !== options.issuer)
    throw new Error(
      `The discovery document ${options.discovery} names another issuer than ${options.issuer}.`,
    );
  if (typeof discovery.jwks_uri !== 'string')
    throw new Error(`The discovery document ${options.discovery} names no jwks_uri.`);
  const keys = await fetchJson(discovery.jwks_uri);
  if (!Array.isArray(keys.keys)) throw new Error(`${discovery.jwks_uri} is no key document.`);
  return keys as unknown as JSONWebKeySet;
}

async function fetchJson(url: string): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    headers: { Accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok || !response.body) throw new Error(`${url} answered ${response.status}.`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length > documentBytesMax) throw new Error(`${url} is larger than ${documentBytesMax} bytes.`);
    chunks.push(chunk);
  }
  const document: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  if (typeof document !== 'object' || document === null) throw new Error(`${url} is no JSON object.`);
  return document as Record<string, unknown>;
}
