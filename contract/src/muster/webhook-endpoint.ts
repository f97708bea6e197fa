import { Type, type Static } from '../schema.ts';
import { Text } from '../text.ts';
import {
  Guid,
  ListPage,
  Query,
  managers,
  pageQuery,
  readers,
  type MusterOperation,
} from './muster-operation.ts';

/** What endpoints are told of. */
export const WebhookEventType = Type.Enum(
  ['batch_job.finished', 'batch_job.broken', 'device.removed', 'webhook_endpoint.disabled', 'ping'],
  {
    description:
      '`batch_job.finished`: every device of a job has an outcome. `batch_job.broken`: a job failed and was given up. `device.removed`: a device is no longer registered. `webhook_endpoint.disabled`: another endpoint of the partner no longer gets anything. `ping`: requested, to try an endpoint out.',
  },
);
export type WebhookEventType = Static<typeof WebhookEventType>;

/** How the body of a webhook is signed. */
export const SignatureVersion = Type.Enum(['v1', 'v1a'], {
  description:
    '`v1`: HMAC-SHA256 with a shared secret, which all receiving libraries support. `v1a`: ed25519; the receiver needs the public key only.',
});
export type SignatureVersion = Static<typeof SignatureVersion>;

const settings = {
  description: Type.Optional(Text({ maxLength: 200, description: 'For people.' })),
  eventTypes: Type.Optional(
    Type.Array(WebhookEventType, {
      maxItems: 10,
      description: 'The events to send. An empty list stands for all.',
    }),
  ),
  customerIds: Type.Optional(
    Type.Array(Guid('A customer of the partner.'), {
      maxItems: 100,
      description: 'The customers whose events are sent. An empty list stands for all.',
    }),
  ),
};

const url = Text({
  minLength: 1,
  maxLength: 2048,
  description:
    'Where webhooks are sent: an https or http URL. Its host must not be a loopback, private, or other special address, unless the operator allows it (MUSTER_WEBHOOK_NETWORKS).',
});

/** A webhook endpoint to create. */
export const WebhookEndpointCreationRequest = Type.Object(
  { url, ...settings, signatureVersion: Type.Optional(SignatureVersion) },
  {
    additionalProperties: false,
    description: 'A webhook endpoint to create. Signatures are `v1` by default.',
  },
);
export type WebhookEndpointCreationRequest = Static<typeof WebhookEndpointCreationRequest>;

/** Changes to a webhook endpoint. */
export const WebhookEndpointUpdateRequest = Type.Object(
  {
    url: Type.Optional(url),
    ...settings,
    isEnabled: Type.Optional(
      Type.Boolean({
        description:
          'false: nothing is sent, and what has not been delivered yet is given up. true: events from now on are sent.',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'Changes to a webhook endpoint. What is absent stays as it is.',
  },
);
export type WebhookEndpointUpdateRequest = Static<typeof WebhookEndpointUpdateRequest>;

const endpoint = {
  endpointId: Type.String({ description: 'A GUID.' }),
  url: Type.String(),
  description: Type.Optional(Type.String()),
  eventTypes: Type.Array(WebhookEventType, { description: 'Empty: all.' }),
  customerIds: Type.Array(Type.String(), { description: 'Empty: all.' }),
  isEnabled: Type.Boolean(),
  disabledReason: Type.Optional(
    Type.Enum(['requested', 'gone', 'failing'], {
      description:
        '`gone`: the endpoint responded with 410. `failing`: no webhook could be delivered for five days.',
    }),
  ),
  disabledAt: Type.Optional(Type.String({ description: 'ISO 8601, UTC.' })),
  failingSince: Type.Optional(
    Type.String({ description: 'The first failure since the last delivery. ISO 8601, UTC.' }),
  ),
  signatureVersion: SignatureVersion,
  publicKey: Type.Optional(Type.String({ description: 'For `v1a`: `whpk_` and the public key in Base64.' })),
  formerKeyExpiresAt: Type.Optional(
    Type.String({ description: 'Until then, webhooks are also signed with the former key. ISO 8601, UTC.' }),
  ),
  createdAt: Type.String({ description: 'ISO 8601, UTC.' }),
};

/** A webhook endpoint. */
export const WebhookEndpoint = Type.Object(endpoint, {
  description: 'A URL of the partner that is told of events.',
});
export type WebhookEndpoint = Static<typeof WebhookEndpoint>;

/** A webhook endpoint with its new secret. */
export const WebhookEndpointWithSecret = Type.Object(
  {
    ...endpoint,
    secret: Type.Optional(
      Type.String({
        description: 'For `v1`: `whsec_` and the shared secret in Base64. It is shown only in this response.',
      }),
    ),
  },
  { description: 'A webhook endpoint with the key that was just made.' },
);
export type WebhookEndpointWithSecret = Static<typeof WebhookEndpointWithSecret>;

export const WebhookEndpointList = Type.Object(
  { items: Type.Array(WebhookEndpoint) },
  { description: 'All webhook endpoints of the partner, the oldest first.' },
);
export type WebhookEndpointList = Static<typeof WebhookEndpointList>;

/** An event that was sent, or is to be. */
export const SentEvent = Type.Object(
  { eventId: Type.String({ description: 'The header `webhook-id` of its webhook.' }) },
  { description: 'An event that is going to be sent.' },
);
export type SentEvent = Static<typeof SentEvent>;

const DeliveryState = Type.Enum(['pending', 'delivered', 'failed'], {
  description: '`pending`: attempted again later. `failed`: given up.',
});

/** The delivery of an event to a webhook endpoint. */
export const WebhookDelivery = Type.Object(
  {
    eventId: Type.String({ description: 'The header `webhook-id`.' }),
    eventType: WebhookEventType,
    occurredAt: Type.String({ description: 'ISO 8601, UTC.' }),
    state: DeliveryState,
    attempts: Type.Integer(),
    nextAttemptAt: Type.Optional(Type.String({ description: 'ISO 8601, UTC.' })),
    lastAttemptAt: Type.Optional(Type.String({ description: 'ISO 8601, UTC.' })),
    lastAttemptMs: Type.Optional(Type.Integer({ description: 'How long the last attempt took.' })),
    responseStatus: Type.Optional(
      Type.Integer({ description: 'The HTTP status of the last response. Only 2xx counts as delivered.' }),
    ),
    problem: Type.Optional(
      Type.String({
        description:
          'Why there was no response: `timeout`, `name_not_found`, `address_not_allowed`, `tls_failed`, `connection_failed`, or `endpoint_disabled`.',
      }),
    ),
  },
  { description: 'The delivery of an event to a webhook endpoint.' },
);
export type WebhookDelivery = Static<typeof WebhookDelivery>;

export const WebhookDeliveryPage = ListPage(
  WebhookDelivery,
  'Deliveries to a webhook endpoint, the newest first.',
);
export type WebhookDeliveryPage = Static<typeof WebhookDeliveryPage>;

/** Which deliveries. */
export const WebhookDeliveryQuery = Query({ ...pageQuery, state: Type.Optional(DeliveryState) });

/** For how long the former key signs as well. */
export const WebhookRotationQuery = Query({
  formerKeyHours: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 168,
      description: 'For how many hours webhooks are also signed with the former key. Default: 24.',
    }),
  ),
});

const reference = 'docs/webhooks.md';

/** Webhook endpoints, one row per operation. */
export const webhookEndpointOperations = {
  createWebhookEndpoint: {
    method: 'POST',
    path: '/webhookEndpoints',
    summary: 'Create a webhook endpoint.',
    description:
      'The response contains the secret of `v1` signatures; it is not shown again. A partner can have 20 endpoints.',
    reference,
    roles: managers,
    body: WebhookEndpointCreationRequest,
    success: { status: 200, body: WebhookEndpointWithSecret },
    faults: ['InvalidInput', 'MalformedBody', 'TooManyWebhookEndpoints'],
  },
  listWebhookEndpoints: {
    method: 'GET',
    path: '/webhookEndpoints',
    summary: 'List the webhook endpoints of the partner.',
    description: 'Not paged.',
    reference,
    roles: readers,
    success: { status: 200, body: WebhookEndpointList },
    faults: [],
  },
  getWebhookEndpoint: {
    method: 'GET',
    path: '/webhookEndpoints/{endpointId}',
    summary: 'Get one webhook endpoint.',
    description: 'Without its secret.',
    reference,
    roles: readers,
    success: { status: 200, body: WebhookEndpoint },
    faults: ['WebhookEndpointNotFound'],
  },
  updateWebhookEndpoint: {
    method: 'PATCH',
    path: '/webhookEndpoints/{endpointId}',
    summary: 'Change, enable, or disable a webhook endpoint.',
    description: 'What is absent stays as it is. Enabling an endpoint does not resend what it missed.',
    reference,
    roles: managers,
    body: WebhookEndpointUpdateRequest,
    success: { status: 200, body: WebhookEndpoint },
    faults: ['InvalidInput', 'MalformedBody', 'WebhookEndpointNotFound'],
  },
  rotateWebhookSecret: {
    method: 'POST',
    path: '/webhookEndpoints/{endpointId}/rotateSecret',
    summary: 'Give a webhook endpoint a new key.',
    description:
      'For some time, webhooks carry two signatures: one of the new key, and one of the former key.',
    reference,
    roles: managers,
    query: WebhookRotationQuery,
    success: { status: 200, body: WebhookEndpointWithSecret },
    faults: ['InvalidInput', 'WebhookEndpointNotFound'],
  },
  pingWebhookEndpoint: {
    method: 'POST',
    path: '/webhookEndpoints/{endpointId}/ping',
    summary: 'Send a ping to a webhook endpoint.',
    description: 'It is sent whatever events the endpoint is for. Its delivery shows how it went.',
    reference,
    roles: managers,
    success: { status: 200, body: SentEvent },
    faults: ['WebhookEndpointNotFound', 'WebhookEndpointDisabled'],
  },
  listWebhookDeliveries: {
    method: 'GET',
    path: '/webhookEndpoints/{endpointId}/deliveries',
    summary: 'List the deliveries to a webhook endpoint.',
    description: 'Deliveries are kept for 30 days.',
    reference,
    roles: readers,
    query: WebhookDeliveryQuery,
    success: { status: 200, body: WebhookDeliveryPage },
    faults: ['InvalidInput', 'WebhookEndpointNotFound'],
  },
  resendWebhook: {
    method: 'POST',
    path: '/webhookEndpoints/{endpointId}/deliveries/{eventId}/resend',
    summary: 'Send an event to a webhook endpoint again.',
    description: 'Whether it was delivered or not, with the same `webhook-id`. Attempts are counted anew.',
    reference,
    roles: managers,
    success: { status: 200, body: SentEvent },
    faults: ['WebhookEndpointNotFound', 'WebhookDeliveryNotFound', 'WebhookEndpointDisabled'],
  },
  deleteWebhookEndpoint: {
    method: 'DELETE',
    path: '/webhookEndpoints/{endpointId}',
    summary: 'Delete a webhook endpoint.',
    description: 'Its deliveries are deleted, too; nothing more is sent.',
    reference,
    roles: managers,
    success: { status: 204 },
    faults: ['WebhookEndpointNotFound'],
  },
} as const satisfies Record<string, MusterOperation>;
