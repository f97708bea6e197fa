import { CertificateError, ConnectionError, type TimeoutError } from './errors.ts';
import type { Runtime } from './runtime.ts';

/** How a call that failed for a passing reason (429, 408, 5xx, no answer) is sent again. */
export interface RetryPolicy {
  /** How often a call is sent at most, the first time included. */
  readonly triesMax: number;
  /** The wait before the second try; doubled for each further one. Half of every wait is left to chance. */
  readonly delayMs: number;
  /** No wait of our own is longer than this. */
  readonly delayMsMax: number;
  /** A `Retry-After` is obeyed up to this; when the service asks for more, the call fails at once instead. */
  readonly retryAfterMsMax: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  triesMax: 6,
  delayMs: 500,
  delayMsMax: 20_000,
  retryAfterMsMax: 300_000,
};

/** Whether a call without an answer may get one later: not from a host that no one can speak to as asked. */
export function isPassingFailure(error: ConnectionError | TimeoutError): boolean {
  if (error instanceof CertificateError) return false;
  // Plain HTTP where https was asked for.
  return !(error instanceof ConnectionError && error.code === 'ERR_SSL_WRONG_VERSION_NUMBER');
}

/** Whether the same call may succeed later. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/** How long to wait after try number `tried`; undefined when it was the last. */
export function retryDelayMs(
  policy: RetryPolicy,
  failure: { readonly tried: number; readonly retryAfterMs?: number | undefined },
  runtime: Runtime,
): number | undefined {
  if (failure.tried >= policy.triesMax) return undefined;
  const longest = Math.min(policy.delayMsMax, policy.delayMs * 2 ** (failure.tried - 1));
  const own = longest * (0.5 + runtime.random() / 2);
  if (failure.retryAfterMs === undefined) return own;
  return failure.retryAfterMs > policy.retryAfterMsMax ? undefined : Math.max(own, failure.retryAfterMs);
}

/** `Retry-After` in milliseconds: seconds or an HTTP date. Undefined when absent or unreadable. */
export function parseRetryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : undefined;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
