import { CallObserver, noteClaimedCustomer, type CallHooks } from './call-hooks.ts';
import type { TokenSource } from './credentials/token-source.ts';
import { contentTypeOf, toResponseError, toUnreadableError, type ResponseFault } from './errors.ts';
import { toConnectionError, type Answer } from './fetch-once.ts';
import { attemptFetch, readRetryAfterMs, sendWithRetries, type Attempt, type RetryPolicy } from './retry.ts';
import type { Runtime } from './runtime.ts';

/** Options of every call. */
export interface CallOptions {
  /** Ends the call; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Per attempt. Default: that of the partner. */
  readonly timeoutMs?: number | undefined;
  /**
   * The MS-RequestId. Default: a new GUID. If the same ID is sent with the same content, the service repeats its response instead
   * of doing the work twice (in Muster, for 24 hours).
   */
  readonly requestId?: string | undefined;
}

/** One call of the API. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Relative to `/v1`, encoded; see `path`. */
  readonly path: string;
  /** JSON, as a string or as UTF-8 bytes. */
  readonly body?: string | Blob | Uint8Array<ArrayBuffer> | undefined;
  /** They replace the SDK's own headers, except for the token and the request ID. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly options?: CallOptions | undefined;
}

/** A successful response. */
export interface CallResult {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; undefined if the response had no body. */
  readonly body: unknown;
  readonly requestId: string;
  readonly correlationId: string;
  readonly tries: number;
}

export interface TransportOptions {
  /** Without `/v1`, with or without a trailing slash. */
  readonly baseUrl: string;
  /** The path between the base URL and the path of a call. Default: `/v1`. */
  readonly apiPath?: string;
  readonly tokens: Pick<TokenSource, 'get' | 'reject'>;
  readonly fetch: typeof globalThis.fetch;
  readonly retry: RetryPolicy;
  readonly runtime: Runtime;
  readonly timeoutMs: number;
  readonly correlationId: string;
  readonly locale: string;
  readonly applicationName: string | undefined;
  readonly hooks?: CallHooks;
}

/** Sends calls. Headers, tokens, timeouts, and retries are decided only here. */
export class Transport {
  readonly baseUrl: string;
  readonly runtime: Runtime;
  /** Per attempt of a call. */
  readonly timeoutMs: number;
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.runtime = options.runtime;
    this.timeoutMs = options.timeoutMs;
    this.#options = options;
  }

  /**
   * Sends a call until it succeeds, is refused, or has no attempt left. Every attempt has the same MS-RequestId.
   * Throws a `ResponseError`, `ConnectionError`, `TimeoutError`, `AuthenticationError`, or the signal's reason.
   */
  async send(call: Call): Promise<CallResult> {
    const { retry, runtime, tokens, hooks = {} } = this.#options;
    const signal = call.options?.signal;
    const requestId = call.options?.requestId ?? crypto.randomUUID();
    const sent = { requestId, tries: 0, isAfterLostAnswer: false };
    const observer = new CallObserver(hooks, () => runtime.elapsedMs());
    let isTokenRenewed = false;
    const sendOnce = async (): Promise<Attempt> => {
      const token = await tokens.get(signal);
      sent.tries += 1;
      const attempt = await this.#sendOnce(call, { ...sent, token, observer });
      if (attempt instanceof Error || attempt.status !== 401 || isTokenRenewed) return attempt;
      // The token was revoked or the service's keys changed: try once with a new token.
      isTokenRenewed = tokens.reject(token);
      if (!isTokenRenewed) return attempt;
      observer.noteRetry(0);
      return sendOnce();
    };
    const onRetry = (attempt: Attempt, delayMs: number) => {
      sent.isAfterLostAnswer ||= attempt instanceof Error;
      observer.noteRetry(delayMs);
    };
    const attempt = await sendWithRetries({ send: sendOnce, policy: retry, runtime, signal, onRetry });
    if (attempt instanceof Error) throw attempt;
    if (attempt.status < 200 || attempt.status >= 300) throw toResponseError(this.#toFault(attempt, sent));
    noteClaimedCustomer(hooks, attempt.headers, call.path);
    return this.#toResult(attempt, sent);
  }

  /**
   * Opens a response that has no end, such as a stream of events; whoever gets it reads it. Tried once. Throws what `send`
   * throws.
   */
  async open(
    path: string,
    { headers, signal }: Pick<Call, 'headers'> & { signal: AbortSignal },
  ): Promise<Response> {
    const { tokens, fetch, apiPath = '/v1' } = this.#options;
    const requestId = crypto.randomUUID();
    const token = await tokens.get(signal);
    const url = `${this.baseUrl}${apiPath}${path}`;
    const init = { headers: this.#headers({ method: 'GET', path, headers }, requestId, token), signal };
    const response = await fetch(url, { ...init, redirect: 'manual' }).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw toConnectionError(new URL(url).origin, cause);
    });
    if (response.status === 200) return response;
    if (response.status === 401) tokens.reject(token);
    const answer = { status: response.status, headers: response.headers, text: await response.text() };
    throw toResponseError(this.#toFault(answer, { requestId, tries: 1, isAfterLostAnswer: false }));
  }

  #sendOnce(call: Call, { requestId, token, tries, observer }: Sending): Promise<Attempt> {
    const { fetch, timeoutMs, correlationId, apiPath = '/v1' } = this.#options;
    const { method } = call;
    const url = `${this.baseUrl}${apiPath}${call.path}`;
    const init: RequestInit = { method, headers: this.#headers(call, requestId, token) };
    if (call.body !== undefined) init.body = call.body;
    const options = {
      fetch,
      timeoutMs: call.options?.timeoutMs ?? timeoutMs,
      signal: call.options?.signal,
    };
    const request = { method, url, requestId, correlationId, tries };
    return observer.observe(request, () => attemptFetch(url, init, options));
  }

  #headers(call: Call, requestId: string, token: string): Headers {
    const { correlationId, locale, applicationName } = this.#options;
    const headers = new Headers({
      Accept: 'application/json',
      'MS-CorrelationId': correlationId,
      'X-Locale': locale,
      'MS-PartnerCenter-Client': 'Muster SDK',
    });
    if (applicationName !== undefined) headers.set('MS-PartnerCenter-Application', applicationName);
    if (call.body !== undefined) headers.set('Content-Type', 'application/json');
    for (const [name, value] of Object.entries(call.headers ?? {})) headers.set(name, value);
    headers.set('Authorization', `Bearer ${token}`);
    headers.set('MS-RequestId', requestId);
    return headers;
  }

  #toResult(answer: Answer, { requestId, tries }: Sent): CallResult {
    const { status, headers } = answer;
    const { correlationId } = this.#options;
    const body = answer.text.trim() === '' ? undefined : parseJson(answer.text);
    if (body === unreadable) {
      const description = `${this.baseUrl} answered ${nameContent(answer)} where JSON was due. Is this the address of the API?`;
      throw toUnreadableError({ status, headers, requestId, correlationId, tries }, description);
    }
    return { status, headers, body, requestId, correlationId, tries };
  }

  #toFault(answer: Answer, sent: Sent): ResponseFault {
    const { correlationId, runtime } = this.#options;
    const body = parseJson(answer.text);
    const fault = isRecord(body) ? body : {};
    // Throttling responses of Partner Center are not faults: they have a `message`.
    const description = fault.description ?? fault.message;
    const hasCode = typeof fault.code === 'string' || typeof fault.code === 'number';
    const isExplained = typeof description === 'string' && description !== '';
    return {
      status: answer.status,
      code: hasCode ? `${fault.code}` : `${answer.status}`,
      description: isExplained
        ? description
        : `${this.baseUrl} answered ${nameContent(answer)} without a reason.`,
      isExplained,
      data: Array.isArray(fault.data) ? fault.data.filter((item) => typeof item === 'string') : [],
      ...sent,
      correlationId,
      retryAfterMs: readRetryAfterMs(answer.headers, runtime.now()),
    };
  }
}

interface Sending extends Sent {
  readonly token: string;
  readonly observer: CallObserver;
}

/** What is known about the attempts of a call. */
type Sent = Pick<ResponseFault, 'requestId' | 'tries' | 'isAfterLostAnswer'>;

const unreadable = Symbol('unreadable');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return unreadable;
  }
}

function nameContent(answer: Answer): string {
  const type = contentTypeOf(answer.headers);
  return type ? `${answer.status} (${type})` : `${answer.status}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
