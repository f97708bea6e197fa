import { Readable } from 'node:stream';
import { WireError, parseGuid } from '@muster/contract';
import type { MusterEvent } from '@muster/contract/muster/event';
import type { FastifyReply } from 'fastify';
import { followEvents, listEvents, type StreamPart } from '../../registry/events/follow-events.ts';
import type { EventFilter, StoredEvent } from '../../store/events/events.ts';
import { invalidInput } from '../partner-center/registry-faults.ts';
import { musterEndpoint, pageOf, toListPage, type MusterCall } from './muster-endpoint.ts';

/** The longest stream: a client's next one shows that its token still holds. */
const streamMs = 60 * 60_000;

/** Events of the partner. */
export const eventEndpoints = {
  /** GET events */
  listEvents: musterEndpoint('listEvents', async (call) => {
    const { type: eventType, customerId } = call.query;
    const filter = { partnerId: call.caller.partnerId, eventType, customerId: parseGuid(customerId) };
    const { method, headers } = call.request;
    if (method === 'GET' && /\btext\/event-stream\b/i.test(headers.accept ?? ''))
      return sendStream(call, filter);
    return toListPage(await listEvents(call.ctx, filter, pageOf(call)), describeEvent);
  }),
};

/** Answers with server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
function sendStream({ ctx, request, reply }: MusterCall, filter: EventFilter): FastifyReply {
  const lastEventId = request.headers['last-event-id'];
  if (lastEventId !== undefined && !/^\d{1,18}$/.test(String(lastEventId)))
    throw invalidInput('Last-Event-ID', 'foreignPageToken');
  const givePlaceBack = ctx.waitingPlaces.enter(filter.partnerId);
  if (!givePlaceBack) throw new WireError('ServiceUnavailable');
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), streamMs).unref();
  reply.raw.once('close', () => {
    end.abort();
    clearTimeout(timer);
    givePlaceBack();
  });
  const cursor = lastEventId === undefined ? undefined : String(lastEventId);
  const parts = followEvents(ctx, { ...filter, cursor, signal: end.signal });
  return reply
    .headers({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // Proxies that collect answers would hold events back.
      'X-Accel-Buffering': 'no',
    })
    .send(Readable.from(writeParts(parts, cursor)));
}

/** An event carries the id from which everything after it, and perhaps itself, is sent again. */
async function* writeParts(
  parts: AsyncIterable<StreamPart>,
  first: string | undefined,
): AsyncGenerator<string> {
  let lastId = first;
  let isOpen = false;
  yield 'retry: 3000\n\n';
  for await (const { events, cursor } of parts) {
    const texts = events.map((event) => {
      const id = lastId === undefined ? '' : `id: ${lastId}\n`;
      return `${id}event: ${event.eventType}\ndata: ${JSON.stringify(describeEvent(event))}\n\n`;
    });
    // A comment where nothing happened; an id without data is noted by clients and not shown.
    texts.push(isOpen && cursor === lastId ? ':\n\n' : `id: ${cursor}\n\n`);
    [lastId, isOpen] = [cursor, true];
    yield texts.join('');
  }
}

function describeEvent({ eventId, eventType, occurredAt, data }: StoredEvent): MusterEvent {
  return {
    eventId,
    type: eventType as MusterEvent['type'],
    timestamp: occurredAt.toISOString(),
    data,
  };
}
