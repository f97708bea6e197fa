import type { ConnectionError, TimeoutError } from './errors.ts';
import type { Attempt } from './retry.ts';

/** One attempt of a call. It contains IDs of the call, but no token, device, or hardware hash. */
export interface RequestEvent {
  readonly method: string;
  /** The whole URL. */
  readonly url: string;
  /** The MS-RequestId, which is the same for all attempts of a call. */
  readonly requestId: string;
  readonly correlationId: string;
  /** 1 for the first attempt of the call. */
  readonly tries: number;
}

/** The result of one attempt. */
export interface ResponseEvent extends RequestEvent {
  readonly durationMs: number;
  /** Undefined if there was no response. */
  readonly status: number | undefined;
  /** Why there was no response. */
  readonly error: ConnectionError | TimeoutError | undefined;
}

/** An attempt that is followed by another one. */
export interface RetryEvent extends ResponseEvent {
  /** The pause before the next attempt. */
  readonly delayMs: number;
}

/** Hooks for logs and metrics. They are not awaited, and errors that they throw are ignored, so that logging cannot make a call fail. */
export interface CallHooks {
  /** Called before each attempt of a call. */
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Called after each attempt of a call, whatever its result. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Called after an attempt that is followed by another one, before the pause. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  /**
   * Called when a Muster service did not know the customer id of a call and made it a customer of the partner, as it may
   * be set up to do. If the id was mistyped, lists of that customer are empty. Default: a warning on the console.
   */
  readonly onCustomerClaimed?: ((customerId: string) => void) | undefined;
}

/** Calls the hooks for the attempts of one call. */
export class CallObserver {
  readonly #hooks: CallHooks;
  readonly #now: () => number;
  #response: ResponseEvent | undefined;

  constructor(hooks: CallHooks, now: () => number) {
    this.#hooks = hooks;
    this.#now = now;
  }

  /** Makes one attempt. */
  async observe(request: RequestEvent, send: () => Promise<Attempt>): Promise<Attempt> {
    callHook(this.#hooks.onRequest, request);
    const start = this.#now();
    const attempt = await send();
    const [status, error] = attempt instanceof Error ? [undefined, attempt] : [attempt.status, undefined];
    this.#response = { ...request, durationMs: this.#now() - start, status, error };
    callHook(this.#hooks.onResponse, this.#response);
    return attempt;
  }

  /** The last attempt is followed by another one. */
  noteRetry(delayMs: number): void {
    if (this.#response) callHook(this.#hooks.onRetry, { ...this.#response, delayMs });
  }
}

/** Calls the hook if a response says that the call has claimed its customer. */
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
