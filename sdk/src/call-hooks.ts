import type { ConnectionError, TimeoutError } from './errors.ts';
import type { Attempt } from './retry.ts';

/** One try of a call. It holds ids of the call, and no token, device or hardware hash. */
export interface RequestEvent {
  readonly method: string;
  /** The whole URL. */
  readonly url: string;
  /** The MS-RequestId: the same on all tries of a call. */
  readonly requestId: string;
  readonly correlationId: string;
  /** 1 for the first try of the call. */
  readonly tries: number;
}

/** The result of one try. */
export interface ResponseEvent extends RequestEvent {
  readonly durationMs: number;
  /** Undefined if there was no response. */
  readonly status: number | undefined;
  /** Why there was no response. */
  readonly error: ConnectionError | TimeoutError | undefined;
}

/** A try that is followed by another. */
export interface RetryEvent extends ResponseEvent {
  /** The pause before the next try. */
  readonly delayMs: number;
}

/** Hooks for logs and metrics. They are not awaited, and what they throw is ignored: a log must not fail a call. */
export interface CallHooks {
  /** Called before each try of a call. */
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Called after each try of a call, whatever its result. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Called after a try that is followed by another one, before the pause. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
}

/** Tells the hooks about the tries of one call. */
export class CallObserver {
  readonly #hooks: CallHooks;
  readonly #now: () => number;
  #response: ResponseEvent | undefined;

  constructor(hooks: CallHooks, now: () => number) {
    this.#hooks = hooks;
    this.#now = now;
  }

  /** Sends one try. */
  async observe(request: RequestEvent, send: () => Promise<Attempt>): Promise<Attempt> {
    callHook(this.#hooks.onRequest, request);
    const start = this.#now();
    const attempt = await send();
    const [status, error] = attempt instanceof Error ? [undefined, attempt] : [attempt.status, undefined];
    this.#response = { ...request, durationMs: this.#now() - start, status, error };
    callHook(this.#hooks.onResponse, this.#response);
    return attempt;
  }

  /** The last try is followed by another. */
  noteRetry(delayMs: number): void {
    if (this.#response) callHook(this.#hooks.onRetry, { ...this.#response, delayMs });
  }
}

function callHook<T>(hook: ((event: T) => void) | undefined, event: T): void {
  try {
    hook?.(event);
  } catch {
    // See `CallHooks`.
  }
}
