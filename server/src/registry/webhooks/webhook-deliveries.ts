import { parseGuid } from '@muster/contract/guid';
import type { Context } from '../context.ts';
import { readPage, type ListPage, type PageRequest } from '../read-page.ts';
import { RegistryError } from '../registry-error.ts';
import {
  insertPing,
  listDeliveries,
  resendDelivery,
  type DeliveryPlace,
  type WebhookDelivery,
} from '../../store/events/webhook-deliveries.ts';
import { getWebhookEndpoint, keyOf, type EndpointAddress } from './manage-webhook-endpoints.ts';

/** One page of the deliveries to an endpoint, the newest first. Throws `webhook-endpoint-not-found` and `page-token-invalid`. */
export async function listWebhookDeliveries(
  ctx: Context,
  { state, ...address }: EndpointAddress & { readonly state: string | undefined },
  page: PageRequest,
): Promise<ListPage<WebhookDelivery>> {
  const { endpointId } = await getWebhookEndpoint(ctx, address);
  return readPage(ctx, page, {
    list: `webhook deliveries ${endpointId}`,
    readAfter: (after: DeliveryPlace | undefined, limit) =>
      listDeliveries(ctx.db, { endpointId, state: state ?? null, after, limit }),
    placeOf: ({ createdAtText, eventId }) => ({ createdAt: createdAtText, eventId }),
  });
}

/**
 * Sends a `ping` to an endpoint and returns the event's id. Throws `webhook-endpoint-not-found` and
 * `webhook-endpoint-disabled`.
 */
export async function pingWebhookEndpoint(ctx: Context, address: EndpointAddress): Promise<string> {
  const eventId = await insertPing(ctx.db, keyOf(address));
  if (eventId === undefined) await refuseDisabled(ctx, address);
  return eventId ?? '';
}

/**
 * Sends an event once more, whether it was delivered or not. Throws `webhook-endpoint-not-found`,
 * `webhook-endpoint-disabled` and `webhook-delivery-not-found`.
 */
export async function resendWebhook(ctx: Context, address: EndpointAddress, eventId: string): Promise<void> {
  const id = parseGuid(eventId);
  if (id !== undefined && (await resendDelivery(ctx.db, keyOf(address), id))) return;
  await refuseDisabled(ctx, address);
  throw new RegistryError({ kind: 'webhook-delivery-not-found', eventId });
}

/** Throws when there is no such endpoint, or it is disabled. */
async function refuseDisabled(ctx: Context, address: EndpointAddress): Promise<void> {
  const { isEnabled, endpointId } = await getWebhookEndpoint(ctx, address);
  if (!isEnabled) throw new RegistryError({ kind: 'webhook-endpoint-disabled', endpointId });
}
