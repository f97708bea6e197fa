import { AuthenticationError, ResponseError, UnauthorizedError } from '../errors.ts';
import type { MusterEvent, WebhookEventType } from '../generated/muster-types.ts';
import type { Pages } from '../pages.ts';
import type { Endpoint } from '../resources/endpoint.ts';
import { listByCursor, toQuery, type CursorListOptions } from './cursor-list.ts';
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts';

interface EventFilter {
  readonly type?: WebhookEventType | undefined;
  /** Default: events of all customers. */
  readonly customerId?: string | undefined;
}

/** Which events to list. */
export interface EventListOptions extends CursorListOptions, EventFilter {}

/** Which events to follow. */
export interface EventStreamOptions extends EventFilter {
  /** Ends the stream; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the stream is open: events from now on are not missed. Again after every interruption. */
  readonly onOpen?: (() => void) | undefined;
}

const reconnectMsMin = 1000;
const reconnectMsMax = 30_000;

/** What happens to the partner's jobs and devices. Muster's own API. */
export class Events {
  readonly #endpoint: Endpoint;

  constructor(root: Endpoint) {
    this.#endpoint = root.at('events');
  }

  /** Events of the last 30 days, the newest first, fetched page by page while they are read. */
  list({ type, customerId, ...rest }: EventListOptions = {}): Pages<MusterEvent> {
    return listByCursor(this.#endpoint, { type, customerId }, rest);
  }

  /**
   * Events as they happen, until the loop is left or the signal is aborted. A connection that breaks is made again, and
   * goes on where it was: an event may come twice (see `eventId`), none is missed. Throws a `ResponseError` that another
   * try does not help.
   */
  async *stream(options: EventStreamOptions = {}): AsyncGenerator<MusterEvent> {
    const { signal } = options;
    const { runtime } = this.#endpoint.transport;
    const left = new AbortController();
    const ends = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
    let lastEventId: string | undefined;
    let pauseMs = reconnectMsMin;
    let failures: unknown[] = [];
    try {
      for (;;) {
        try {
          for await (const { id, data } of await this.#open(options, { lastEventId, signal: ends })) {
            if (failures.length > 0 || lastEventId === undefined) options.onOpen?.();
            [lastEventId, pauseMs, failures] = [id, reconnectMsMin, []];
            if (data !== undefined) yield JSON.parse(data) as MusterEvent;
          }
          failures = [undefined];
        } catch (error) {
          signal?.throwIfAborted();
          failures.push(error);
          if (failures.some(isFinal) || failures.filter(isRefused).length > 1) throw error;
        }
        await runtime.sleep(pauseMs, signal);
        pauseMs = Math.min(pauseMs * 2, reconnectMsMax);
      }
    } finally {
      left.abort();
    }
  }

  async #open(
    { type, customerId }: EventFilter,
    { lastEventId, signal }: { lastEventId: string | undefined; signal: AbortSignal },
  ): Promise<AsyncGenerator<ServerSentEvent>> {
    const { transport, path } = this.#endpoint;
    const query = new URLSearchParams(toQuery({ type, customerId })).toString();
    const headers = {
      Accept: 'text/event-stream',
      ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }),
    };
    const response = await transport.open(query === '' ? path : `${path}?${query}`, { headers, signal });
    return readServerSentEvents(response);
  }
}

/** Whether the same request would fail again. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof ResponseError)) return error instanceof AuthenticationError;
  return error.status >= 400 && error.status < 500 && error.status !== 401 && error.status !== 429;
}

/** A token that has expired is replaced; one that is refused again stays refused. */
function isRefused(error: unknown): boolean {
  return error instanceof UnauthorizedError;
}
