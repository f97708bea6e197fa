import { v7 as uuidv7 } from 'uuid';
import { parseGuid } from '@muster/contract/guid';
import type { Context } from '../context.ts';
import { RegistryError } from '../registry-error.ts';
import {
  deleteWebhookEndpoint as deleteRow,
  findWebhookEndpoint,
  insertWebhookEndpoint,
  rotateSigningKey,
  updateWebhookEndpoint as updateRow,
  type SignatureVersion,
  type SigningKey,
  type WebhookEndpoint,
} from '../../store/events/webhook-endpoints.ts';
import { applyChanges, type WebhookChanges } from './webhook-settings.ts';
import { newSigningKey, writeSecret } from './webhook-signature.ts';

/** How many endpoints a partner may have: their list is never paged. */
export const webhookEndpointsMax = 20;

const hourMs = 60 * 60 * 1000;

/** An endpoint as a caller names it. */
export interface EndpointAddress {
  readonly partnerId: string;
  /** May be no GUID: then there is no such endpoint. */
  readonly endpointId: string;
}

/** An endpoint with its shared secret, which is shown once. An asymmetric signature has none. */
export interface EndpointWithSecret {
  readonly endpoint: WebhookEndpoint;
  readonly secret: string | undefined;
}

/** Adds an endpoint. Throws `too-many-webhook-endpoints`, `webhook-url-unusable` and `customer-forbidden`. */
export async function createWebhookEndpoint(
  ctx: Context,
  partnerId: string,
  changes: WebhookChanges & { readonly signatureVersion: SignatureVersion },
): Promise<EndpointWithSecret> {
  const settings = await applyChanges(ctx, partnerId, { changes });
  const key = newSigningKey(changes.signatureVersion);
  const endpoint = await insertWebhookEndpoint(ctx.db, {
    ...settings,
    endpointId: uuidv7(),
    partnerId,
    key,
    createdAt: ctx.now(),
    endpointsMax: webhookEndpointsMax,
  });
  if (!endpoint) throw new RegistryError({ kind: 'too-many-webhook-endpoints', limit: webhookEndpointsMax });
  return { endpoint, secret: secretOf(key) };
}

/** One endpoint. Throws `webhook-endpoint-not-found`, also for the endpoint of another partner. */
export async function getWebhookEndpoint(ctx: Context, address: EndpointAddress): Promise<WebhookEndpoint> {
  return found(address, await findWebhookEndpoint(ctx.db, keyOf(address)));
}

/**
 * Changes an endpoint. Throws `webhook-endpoint-not-found`, `webhook-url-unusable` and `customer-forbidden`. Of two
 * changes at the same time, the later one counts.
 */
export async function updateWebhookEndpoint(
  ctx: Context,
  address: EndpointAddress,
  changes: WebhookChanges,
): Promise<WebhookEndpoint> {
  const present = await getWebhookEndpoint(ctx, address);
  const settings = await applyChanges(ctx, address.partnerId, { settings: present, changes });
  return found(address, await updateRow(ctx.db, keyOf(address), { settings, now: ctx.now() }));
}

/**
 * Gives an endpoint a new key; the present one signs as well for so many hours, so that the receiver can be changed in
 * between. A former key that still signs is dropped. Throws `webhook-endpoint-not-found`.
 */
export async function rotateWebhookSecret(
  ctx: Context,
  address: EndpointAddress,
  formerKeyHours: number,
): Promise<EndpointWithSecret> {
  const { signatureVersion } = await getWebhookEndpoint(ctx, address);
  const key = newSigningKey(signatureVersion);
  const formerExpiresAt = new Date(ctx.now().getTime() + formerKeyHours * hourMs);
  const endpoint = found(address, await rotateSigningKey(ctx.db, keyOf(address), { key, formerExpiresAt }));
  return { endpoint, secret: secretOf(key) };
}

/** Removes an endpoint with its deliveries. Throws `webhook-endpoint-not-found`. */
export async function deleteWebhookEndpoint(ctx: Context, address: EndpointAddress): Promise<void> {
  if (!(await deleteRow(ctx.db, keyOf(address)))) throw notFound(address);
}

/** What no endpoint has finds none. */
export function keyOf({ partnerId, endpointId }: EndpointAddress): EndpointAddress {
  const id = parseGuid(endpointId);
  if (id === undefined) throw notFound({ partnerId, endpointId });
  return { partnerId, endpointId: id };
}

export function notFound({ endpointId }: EndpointAddress): RegistryError {
  return new RegistryError({ kind: 'webhook-endpoint-not-found', endpointId });
}

function found(address: EndpointAddress, endpoint: WebhookEndpoint | undefined): WebhookEndpoint {
  if (!endpoint) throw notFound(address);
  return endpoint;
}

function secretOf(key: SigningKey): string | undefined {
  return key.signatureVersion === 'v1' ? writeSecret(key) : undefined;
}
