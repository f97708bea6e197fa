import { CertificateError, ConnectionError, TimeoutError } from './errors.ts';
import { timerMsMax } from './runtime.ts';

/** A response, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** How to send. */
export interface FetchOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends one request and reads the whole response. Throws a `ConnectionError`, a `TimeoutError`, or the signal's reason.
 * Redirects are not followed: the API has none, and a token must not travel to another host.
 */
export async function fetchOnce(url: string, init: RequestInit, options: FetchOptions): Promise<Answer> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), Math.min(options.timeoutMs, timerMsMax));
  const signal = options.signal ? AbortSignal.any([options.signal, timeout.signal]) : timeout.signal;
  try {
    // Called by its bare name: a browser's fetch refuses to be a method of another object.
    const { fetch } = options;
    const response = await fetch(url, { ...init, signal, redirect: 'manual' });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (cause) {
    options.signal?.throwIfAborted();
    const { origin } = new URL(url);
    if (timeout.signal.aborted) throw new TimeoutError(origin, options.timeoutMs, { cause });
    throw toConnectionError(origin, cause);
  } finally {
    clearTimeout(timer);
  }
}

/** The SDK's error for a platform's connection error. */
export function toConnectionError(origin: string, cause: unknown): ConnectionError {
  const error = deepest(cause);
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const reason = error instanceof Error ? error.message : String(error);
  const isUntrusted = code === undefined ? denoCertificateReason.test(reason) : certificateCodes.test(code);
  const Class = isUntrusted ? CertificateError : ConnectionError;
  return new Class({ origin, reason, code }, { cause });
}

/** Node's fetch says only "fetch failed" and keeps the reason in `cause`. */
function deepest(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0];
  return cause instanceof Error ? cause : error;
}

/** The codes with which Node and Bun report an invalid certificate: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const certificateCodes =
  /CERT|^(HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/;

/** Deno reports no code; these are messages of its TLS library, rustls. Browsers report nothing. */
const denoCertificateReason = /invalid peer certificate/;
