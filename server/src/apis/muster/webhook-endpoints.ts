import type { WebhookDelivery, WebhookEndpoint } from '@muster/contract/muster/webhook-endpoint';
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  getWebhookEndpoint,
  rotateWebhookSecret,
  updateWebhookEndpoint,
} from '../../registry/webhooks/manage-webhook-endpoints.ts';
import {
  listWebhookDeliveries,
  pingWebhookEndpoint,
  resendWebhook,
} from '../../registry/webhooks/webhook-deliveries.ts';
import { writePublicKey } from '../../registry/webhooks/webhook-signature.ts';
import type { WebhookDelivery as Delivery } from '../../store/events/webhook-deliveries.ts';
import {
  listWebhookEndpoints,
  type WebhookEndpoint as Endpoint,
} from '../../store/events/webhook-endpoints.ts';
import { sendDeleted } from '../partner-center/endpoint.ts';
import { musterEndpoint, pageOf, toListPage, type MusterCall } from './muster-endpoint.ts';

/** Hours for which the former key signs as well when nobody says. */
const formerKeyHoursDefault = 24;

/** Webhook endpoints of the partner, and the deliveries to them. */
export const webhookEndpoints = {
  /** POST webhookEndpoints */
  createWebhookEndpoint: musterEndpoint('createWebhookEndpoint', async ({ ctx, caller, body }) => {
    const { signatureVersion = 'v1', ...settings } = body;
    const made = await createWebhookEndpoint(ctx, caller.partnerId, { ...settings, signatureVersion });
    return describeWithSecret(made);
  }),
  /** GET webhookEndpoints */
  listWebhookEndpoints: musterEndpoint('listWebhookEndpoints', async ({ ctx, caller }) => ({
    items: (await listWebhookEndpoints(ctx.db, caller.partnerId)).map(describeEndpoint),
  })),
  /** GET webhookEndpoints/{e} */
  getWebhookEndpoint: musterEndpoint('getWebhookEndpoint', async (call) =>
    describeEndpoint(await getWebhookEndpoint(call.ctx, addressOf(call))),
  ),
  /** PATCH webhookEndpoints/{e} */
  updateWebhookEndpoint: musterEndpoint('updateWebhookEndpoint', async (call) =>
    describeEndpoint(await updateWebhookEndpoint(call.ctx, addressOf(call), call.body)),
  ),
  /** POST webhookEndpoints/{e}/rotateSecret */
  rotateWebhookSecret: musterEndpoint('rotateWebhookSecret', async (call) => {
    const { formerKeyHours = formerKeyHoursDefault } = call.query;
    return describeWithSecret(await rotateWebhookSecret(call.ctx, addressOf(call), formerKeyHours));
  }),
  /** POST webhookEndpoints/{e}/ping */
  pingWebhookEndpoint: musterEndpoint('pingWebhookEndpoint', async (call) => ({
    eventId: await pingWebhookEndpoint(call.ctx, addressOf(call)),
  })),
  /** GET webhookEndpoints/{e}/deliveries */
  listWebhookDeliveries: musterEndpoint('listWebhookDeliveries', async (call) => {
    const wanted = { ...addressOf(call), state: call.query.state };
    return toListPage(await listWebhookDeliveries(call.ctx, wanted, pageOf(call)), describeDelivery);
  }),
  /** POST webhookEndpoints/{e}/deliveries/{event}/resend */
  resendWebhook: musterEndpoint('resendWebhook', async (call) => {
    const eventId = call.params.eventId ?? '';
    await resendWebhook(call.ctx, addressOf(call), eventId);
    return { eventId: eventId.toLowerCase() };
  }),
  /** DELETE webhookEndpoints/{e} */
  deleteWebhookEndpoint: musterEndpoint('deleteWebhookEndpoint', async (call) => {
    await deleteWebhookEndpoint(call.ctx, addressOf(call));
    return sendDeleted(call);
  }),
};

function addressOf({ caller, params }: Pick<MusterCall, 'caller' | 'params'>) {
  return { partnerId: caller.partnerId, endpointId: params.endpointId ?? '' };
}

function describeWithSecret({ endpoint, secret }: { endpoint: Endpoint; secret: string | undefined }) {
  return { ...describeEndpoint(endpoint), ...(secret !== undefined && { secret }) };
}

/** An endpoint in the shape of the contract: members without a value are absent, and an empty list stands for all. */
function describeEndpoint(endpoint: Endpoint): WebhookEndpoint {
  const { endpointId, url, description, isEnabled, disabledReason, signatureVersion, privateKey } = endpoint;
  const { disabledAt, failingSince, formerKeyExpiresAt, createdAt } = endpoint;
  return {
    endpointId,
    url,
    ...(description !== '' && { description }),
    eventTypes: [...(endpoint.eventTypes ?? [])] as WebhookEndpoint['eventTypes'],
    customerIds: [...(endpoint.customerIds ?? [])],
    isEnabled,
    ...(disabledReason && { disabledReason }),
    ...(disabledAt && { disabledAt: disabledAt.toISOString() }),
    ...(failingSince && { failingSince: failingSince.toISOString() }),
    signatureVersion,
    ...(privateKey && { publicKey: writePublicKey(privateKey) }),
    ...(formerKeyExpiresAt && { formerKeyExpiresAt: formerKeyExpiresAt.toISOString() }),
    createdAt: createdAt.toISOString(),
  };
}

function describeDelivery(delivery: Delivery): WebhookDelivery {
  const { eventId, eventType, occurredAt, state, attempts, dueAt, attemptedAt } = delivery;
  const { attemptMs, responseStatus, problem } = delivery;
  return {
    eventId,
    eventType: eventType as WebhookDelivery['eventType'],
    occurredAt: occurredAt.toISOString(),
    state,
    attempts,
    ...(dueAt && { nextAttemptAt: dueAt.toISOString() }),
    ...(attemptedAt && { lastAttemptAt: attemptedAt.toISOString() }),
    ...(attemptMs !== null && { lastAttemptMs: attemptMs }),
    ...(responseStatus !== null && { responseStatus }),
    ...(problem !== null && { problem }),
  };
}
