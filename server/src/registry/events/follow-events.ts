import type { Context } from '../context.ts';
import { readPage, type ListPage, type PageRequest } from '../read-page.ts';
import {
  keepStream,
  listEvents as listRows,
  readStream,
  type EventFilter,
  type EventPlace,
  type StoredEvent,
} from '../../store/events/events.ts';

const eventsAtOnce = 200;
/** For how long a stream that broke off can go on where it was, and how often that is renewed. */
const keptMinutes = 60;
const renewMs = 10 * 60_000;
/** While nothing happens, a sign of life: proxies cut connections that are silent. */
const silenceMs = 15_000;
/** Events that may have been seen beside those before the cursor: while somebody's transaction stays open, they add up. */
const seenMax = 5000;

/** One page of the events of a partner, the newest first. Throws `page-token-invalid`. */
export async function listEvents(
  ctx: Context,
  filter: EventFilter,
  page: PageRequest,
): Promise<ListPage<StoredEvent>> {
  return readPage(ctx, page, {
    list: `events ${filter.partnerId}`,
    readAfter: (after: EventPlace | undefined, limit) => listRows(ctx.db, filter, { after, limit }),
    placeOf: ({ transactionId, eventId }) => ({ transactionId, eventId }),
  });
}

/** What is new on a stream. */
export interface StreamPart {
  /** The oldest first. Empty: nothing happened for a while. */
  readonly events: readonly StoredEvent[];
  /** From where another stream goes on when this one ends after all of these events; a repeat is possible, a gap is not. */
  readonly cursor: string;
}

/** Which stream. */
export interface StreamRequest extends EventFilter {
  /** The cursor of an earlier stream; undefined: from now on. */
  readonly cursor: string | undefined;
  /** Ends the stream. */
  readonly signal: AbortSignal;
}

/** The events of a partner as they happen, until the signal is aborted or the node stops. */
export async function* followEvents(ctx: Context, filter: StreamRequest): AsyncGenerator<StreamPart> {
  const wakes = new Wakes(ctx, filter);
  try {
    const seen = new Map<string, bigint>();
    let { cursor } = filter;
    let keptAt = -Infinity;
    while (!wakes.isOver) {
      const now = performance.now();
      if (now - keptAt > renewMs) {
        keptAt = now;
        await keepStream(ctx.db, filter.partnerId, keptMinutes);
      }
      const position = { cursor, seenIds: [...seen.keys()], limit: eventsAtOnce };
      const { events, settledBefore } = await readStream(ctx.db, filter, position);
      const isFull = events.length === eventsAtOnce;
      for (const { eventId, transactionId } of events) seen.set(eventId, BigInt(transactionId));
      // Without a cursor, what is there already is no news.
      const news = cursor === undefined ? [] : events;
      if (!isFull) cursor = settledBefore;
      else if (cursor !== undefined) cursor = earlier(settledBefore, events.at(-1)?.transactionId);
      const settled = BigInt(cursor ?? settledBefore);
      for (const [eventId, transactionId] of seen) if (transactionId < settled) seen.delete(eventId);
      yield { events: news, cursor: cursor ?? settledBefore };
      if (seen.size > seenMax) return;
      if (!isFull) await wakes.next(silenceMs);
    }
  } finally {
    wakes.end();
  }
}

function earlier(one: string, other = one): string {
  return BigInt(other) < BigInt(one) ? other : one;
}

/** Tells a stream when to look again, and when to end. */
class Wakes {
  isOver = false;
  readonly end: () => void;
  #isAwake = false;
  #wake: (() => void) | undefined;

  constructor(ctx: Context, { partnerId, signal }: StreamRequest) {
    const onStop = () => {
      this.isOver = true;
      this.#tell();
    };
    const stopListening = ctx.eventNotices.listen({
      onEvents: (whose) => {
        if (whose === undefined || whose === partnerId) this.#tell();
      },
      onStop,
    });
    signal.addEventListener('abort', onStop, { once: true });
    if (signal.aborted) onStop();
    this.end = () => {
      stopListening();
      signal.removeEventListener('abort', onStop);
    };
  }

  /** Resolves when there may be events, or after so many milliseconds. */
  async next(waitMs: number): Promise<void> {
    if (!this.#isAwake && !this.isOver) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      const timer = setTimeout(resolve, waitMs);
      await promise;
      clearTimeout(timer);
    }
    this.#wake = undefined;
    this.#isAwake = false;
  }

  #tell(): void {
    this.#isAwake = true;
    this.#wake?.();
  }
}
