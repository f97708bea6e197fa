import { Type, type Static } from '../schema.ts';
import { Guid, ListPage, Query, pageQuery, readers, type MusterOperation } from './muster-operation.ts';
import { WebhookEventType } from './webhook-endpoint.ts';

/** What an event is about. */
export const EventData = Type.Object(
  {
    customerId: Type.Optional(Type.String()),
    trackingId: Type.Optional(Type.String({ description: 'Of the job.' })),
    kind: Type.Optional(Type.String({ description: 'What the job did.' })),
    state: Type.Optional(Type.String({ description: 'How the job ended.' })),
    batchId: Type.Optional(Type.String()),
    devices: Type.Optional(
      Type.Object({ total: Type.Integer(), succeeded: Type.Integer(), failed: Type.Integer() }),
    ),
    deviceId: Type.Optional(Type.String({ description: 'Of the device that was removed.' })),
    endpointId: Type.Optional(Type.String({ description: 'Of the webhook endpoint.' })),
    reason: Type.Optional(Type.String({ description: 'Why the endpoint was disabled.' })),
  },
  { description: 'What an event is about: see docs/webhooks.md for the members of each type.' },
);
export type EventData = Static<typeof EventData>;

/** Something that happened. */
export const MusterEvent = Type.Object(
  {
    eventId: Type.String({ description: 'A GUID: the header `webhook-id` of its webhooks.' }),
    type: WebhookEventType,
    timestamp: Type.String({ description: 'When it happened. ISO 8601, UTC.' }),
    data: EventData,
  },
  { description: 'Something that happened, as webhooks tell it.' },
);
export type MusterEvent = Static<typeof MusterEvent>;

export const MusterEventPage = ListPage(MusterEvent, 'Events, the newest first.');
export type MusterEventPage = Static<typeof MusterEventPage>;

/** Which events. */
export const MusterEventQuery = Query({
  ...pageQuery,
  type: Type.Optional(WebhookEventType),
  customerId: Type.Optional(Guid("One customer's. Default: all customers'.")),
});

/** Events, one row per operation. */
export const eventOperations = {
  listEvents: {
    method: 'GET',
    path: '/events',
    summary: 'List events, or follow them as they happen.',
    description:
      'With `Accept: text/event-stream`, the response is a stream of server-sent events: from now on, or from `Last-Event-ID` on. Otherwise it is a list, the newest first. Events are kept for 30 days, if the partner had a webhook endpoint or a stream when they happened.',
    reference: 'docs/webhooks.md',
    roles: readers,
    query: MusterEventQuery,
    success: { status: 200, body: MusterEventPage },
    faults: ['InvalidInput', 'ServiceUnavailable'],
  },
} as const satisfies Record<string, MusterOperation>;
