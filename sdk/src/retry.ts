import { CertificateError, ConnectionError, TimeoutError } from './errors.ts';
import { fetchOnce, type Answer, type FetchOptions } from './fetch-once.ts';
import type { Runtime } from './runtime.ts';

/** How a call that failed for a transient reason (429, 408, 5xx, no response) is sent again. */
export interface RetryPolicy {
  /** How many times a call is sent at most, including the first. */
  readonly triesMax: number;
  /** The delay before the second attempt. It doubles with each further attempt. Half of every delay is random. */
  readonly delayMs: number;
  /** The longest delay that the SDK chooses itself. */
  readonly delayMsMax: number;
  /** The longest `Retry-After` that is respected. If the service asks for more, the call fails immediately instead. */
  readonly retryAfterMsMax: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  triesMax: 6,
  delayMs: 500,
  delayMsMax: 20_000,
  retryAfterMsMax: 300_000,
};

/** The result of one attempt: a response, or the reason why there was none. */
export type Attempt = Answer | ConnectionError | TimeoutError;

/** Like `fetchOnce`, but returns errors that may be worth a retry. */
export async function attemptFetch(url: string, init: RequestInit, options: FetchOptions): Promise<Attempt> {
  try {
    return await fetchOnce(url, init, options);
  } catch (error) {
    if (error instanceof ConnectionError || error instanceof TimeoutError) return error;
    throw error;
  }
}

/** How to retry. */
export interface Retrying {
  readonly send: () => Promise<Attempt>;
  readonly policy: RetryPolicy;
  readonly runtime: Runtime;
  readonly signal?: AbortSignal | undefined;
  /** Called after an attempt that is followed by another one, before the delay. */
  readonly onRetry?: ((attempt: Attempt, delayMs: number) => void) | undefined;
}

/** Retries until there is a final response or no attempt is left, and returns the last result. Throws the signal's reason. */
export async function sendWithRetries(retrying: Retrying): Promise<Attempt> {
  const { policy, runtime } = retrying;
  for (let tries = 1; ; tries++) {
    const attempt = await retrying.send();
    const delayMs = isTransient(attempt) ? retryDelayMs(policy, { attempt, tries }, runtime) : undefined;
    if (delayMs === undefined) return attempt;
    retrying.onRetry?.(attempt, delayMs);
    await runtime.sleep(delayMs, retrying.signal);
  }
}

/** Whether the same call may succeed later. */
function isTransient(attempt: Attempt): boolean {
  if (attempt instanceof Error) return !isMisconnected(attempt);
  const { status } = attempt;
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/** Whether retrying cannot help: the host's certificate is not valid, or it does not support TLS. */
function isMisconnected(error: ConnectionError | TimeoutError): boolean {
  if (error instanceof CertificateError) return true;
  return error instanceof ConnectionError && error.code === 'ERR_SSL_WRONG_VERSION_NUMBER';
}

/** The delay after an attempt; undefined if it was the last one. */
function retryDelayMs(
  policy: RetryPolicy,
  { attempt, tries }: { attempt: Attempt; tries: number },
  runtime: Runtime,
): number | undefined {
  if (tries >= policy.triesMax) return undefined;
  const longest = Math.min(policy.delayMsMax, policy.delayMs * 2 ** (tries - 1));
  const own = longest * (0.5 + runtime.random() / 2);
  const asked = attempt instanceof Error ? undefined : readRetryAfterMs(attempt.headers, runtime.now());
  if (asked === undefined) return own;
  return asked > policy.retryAfterMsMax ? undefined : Math.max(own, asked);
}

/** `Retry-After` (seconds or an HTTP date) in milliseconds. Undefined if it is absent or unreadable. */
export function readRetryAfterMs(headers: Headers, now: number): number | undefined {
  const header = headers.get('Retry-After')?.trim();
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : undefined;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
