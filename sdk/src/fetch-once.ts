import { ConnectionError, TimeoutError } from './errors.ts';

/** An answer, read to its end. */
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
 * Sends one request and reads the whole answer. Throws a `ConnectionError`, a `TimeoutError`, or the signal's reason.
 * Redirects are not followed: the API has none, and a token must not travel to another host.
 */
export async function fetchOnce(url: string, init: RequestInit, options: FetchOptions): Promise<Answer> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout.signal]) : timeout.signal;
  try {
    // Called by its bare name: a browser's fetch refuses to be a method of another object.
    const { fetch } = options;
    const response = await fetch(url, { ...init, signal, redirect: 'manual' });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (cause) {
    options.signal?.throwIfAborted();
    const { origin } = new URL(url);
    if (timeout.signal.aborted)
      throw new TimeoutError(`${origin} did not answer within ${options.timeoutMs} ms.`, { cause });
    throw new ConnectionError(`No answer from ${origin}: ${reasonOf(cause)}`, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** Node's fetch says only "fetch failed" and keeps the reason in `cause`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error ? cause.message : error.message;
}
