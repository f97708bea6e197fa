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
  /**
   * Called when a Muster service did not know the customer id of a call and made it a customer of the partner, as it may
   * be set up to do. If the id was mistyped, lists of that customer are empty. Default: a warning on the console.
   */
  readonly onCustomerClaimed?: ((customerId: string) => void) | undefined;
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

/** Tells the hook if a response says that the customer of the call was claimed by it. */
export function noteClaimedCustomer(hooks: CallHooks, headers: Headers, path: string): void {
  if (headers.get('muster-customer-claimed') !== 'true') return;
  const customerId = /\/customers\/([^/?]+)/i.exec(path)?.[1] ?? '';
  callHook(hooks.onCustomerClaimed ?? warnOfClaimedCustomer, customerId);
}

function warnOfClaimedCustomer(customerId: string): void {
  // oxlint-disable-next-line no-console -- the default of a hook; an empty list says nothing of a mistyped id
  console.warn(
    `Muster: the customer ${customerId} was unknown until now. It is a new customer without devices; check the id if you did not intend that.`,
  );
}

function callHook<T>(hook: ((event: T) => void) | undefined, event: T): void {
  try {
    hook?.(event);
  } catch {
    // See `CallHooks`.
  }
}
