import sql from 'sql-template-tag';
import type { Db } from '../database.ts';
import { recordEvent } from './record-event.ts';

/** How bodies are signed: `v1` by a shared secret (HMAC-SHA256), `v1a` by an ed25519 key. */
export type SignatureVersion = 'v1' | 'v1a';

/** Why an endpoint gets nothing: somebody wanted that, it answered 410, or nothing could be delivered for days. */
export type DisabledReason = 'requested' | 'gone' | 'failing';

/** What a partner decides about an endpoint. */
export interface WebhookSettings {
  readonly url: string;
  readonly description: string;
  /** Which events; null: all. */
  readonly eventTypes: readonly string[] | null;
  /** The customers whose events are sent; null: all. */
  readonly customerIds: readonly string[] | null;
  readonly isEnabled: boolean;
}

/** An endpoint, without what signs. */
export interface WebhookEndpoint extends WebhookSettings {
  readonly endpointId: string;
  readonly signatureVersion: SignatureVersion;
  readonly disabledReason: DisabledReason | null;
  readonly disabledAt: Date | null;
  readonly failingSince: Date | null;
  /** Until when the former key signs as well. */
  readonly formerKeyExpiresAt: Date | null;
  readonly createdAt: Date;
  /** The private key of an asymmetric signature, from which the public one is made; never a shared secret. */
  readonly privateKey: Buffer | null;
}

/** Whose, and which. */
export interface EndpointKey {
  readonly partnerId: string;
  readonly endpointId: string;
}

/** A key that signs. */
export interface SigningKey {
  readonly signatureVersion: SignatureVersion;
  readonly bytes: Buffer;
}

const columns = sql`webhook_endpoint_id as "endpointId", url, description, event_types as "eventTypes",
    customer_ids as "customerIds", disabled_at is null as "isEnabled", signature_version as "signatureVersion",
    disabled_reason as "disabledReason", disabled_at as "disabledAt", failing_since as "failingSince",
    former_key_expires_at as "formerKeyExpiresAt", created_at as "createdAt",
    case when signature_version = 'v1a' then signing_key end as "privateKey"`;

/** Adds an endpoint. Undefined when the partner has `endpointsMax` already. */
export async function insertWebhookEndpoint(
  db: Db,
  endpoint: EndpointKey &
    WebhookSettings & { readonly key: SigningKey; readonly createdAt: Date; readonly endpointsMax: number },
): Promise<WebhookEndpoint | undefined> {
  const { partnerId, endpointId, key, createdAt, isEnabled } = endpoint;
  const rows = await db.query<WebhookEndpoint>(sql`
    insert into webhook_endpoints (webhook_endpoint_id, partner_id, url, description, event_types, customer_ids,
      signature_version, signing_key, created_at, disabled_reason, disabled_at)
    select ${endpointId}::uuid, ${partnerId}::uuid, ${endpoint.url}, ${endpoint.description},
      ${endpoint.eventTypes}::text[], ${endpoint.customerIds}::uuid[], ${key.signatureVersion}, ${key.bytes}::bytea,
      ${createdAt}::timestamptz, ${isEnabled ? null : 'requested'}::text, ${isEnabled ? null : createdAt}::timestamptz
    where (select count(*) from webhook_endpoints where partner_id = ${partnerId}::uuid) < ${endpoint.endpointsMax}::int
    returning ${columns}`);
  return rows[0];
}

/** All endpoints of a partner. They are few: see `insertWebhookEndpoint`. */
export async function listWebhookEndpoints(db: Db, partnerId: string): Promise<WebhookEndpoint[]> {
  return db.query<WebhookEndpoint>(sql`
    select ${columns} from webhook_endpoints where partner_id = ${partnerId}
    order by created_at, webhook_endpoint_id`);
}

export async function findWebhookEndpoint(db: Db, key: EndpointKey): Promise<WebhookEndpoint | undefined> {
  const rows = await db.query<WebhookEndpoint>(sql`
    select ${columns} from webhook_endpoints
    where webhook_endpoint_id = ${key.endpointId} and partner_id = ${key.partnerId}`);
  return rows[0];
}

/**
 * Changes the settings of an endpoint. One that is enabled again starts anew; what it did not get before is not sent.
 * Undefined when there is no such endpoint.
 */
export async function updateWebhookEndpoint(
  db: Db,
  key: EndpointKey,
  { settings, now }: { settings: WebhookSettings; now: Date },
): Promise<WebhookEndpoint | undefined> {
  const { isEnabled } = settings;
  const rows = await db.query<WebhookEndpoint>(sql`
    with dropped as (
      update webhook_deliveries as d set state = 'failed', problem = 'endpoint_disabled'
      from webhook_endpoints as e
      where e.webhook_endpoint_id = ${key.endpointId} and e.partner_id = ${key.partnerId}
        and (e.disabled_at is not null or not ${isEnabled}::boolean)
        and d.webhook_endpoint_id = e.webhook_endpoint_id and d.state = 'pending'
    )
    update webhook_endpoints
    set url = ${settings.url}, description = ${settings.description}, event_types = ${settings.eventTypes}::text[],
      customer_ids = ${settings.customerIds}::uuid[],
      disabled_reason = case when not ${isEnabled}::boolean then coalesce(disabled_reason, 'requested') end,
      disabled_at = case when not ${isEnabled}::boolean then coalesce(disabled_at, ${now}::timestamptz) end,
      failing_since = case when disabled_at is null then failing_since end
    where webhook_endpoint_id = ${key.endpointId} and partner_id = ${key.partnerId}
    returning ${columns}`);
  return rows[0];
}

/** Gives an endpoint a new key. The present one signs as well until `formerExpiresAt`. Undefined: no such endpoint. */
export async function rotateSigningKey(
  db: Db,
  key: EndpointKey,
  rotation: { readonly key: SigningKey; readonly formerExpiresAt: Date },
): Promise<WebhookEndpoint | undefined> {
  const rows = await db.query<WebhookEndpoint>(sql`
    update webhook_endpoints
    set former_signing_key = signing_key, former_key_expires_at = ${rotation.formerExpiresAt},
      signing_key = ${rotation.key.bytes}::bytea
    where webhook_endpoint_id = ${key.endpointId} and partner_id = ${key.partnerId}
      and signature_version = ${rotation.key.signatureVersion}
    returning ${columns}`);
  return rows[0];
}

/** Removes an endpoint with its deliveries. False when there is no such endpoint. */
export async function deleteWebhookEndpoint(db: Db, key: EndpointKey): Promise<boolean> {
  const rows = await db.query(sql`
    delete from webhook_endpoints
    where webhook_endpoint_id = ${key.endpointId} and partner_id = ${key.partnerId}
    returning webhook_endpoint_id`);
  return rows.length === 1;
}

/**
 * Disables an endpoint: one that is gone, or to which nothing could be delivered for so many days. Its pending deliveries
 * fail, and the partner's other endpoints are told. False when that is not so (any more).
 */
export async function disableWebhookEndpoint(
  db: Db,
  endpointId: string,
  { reason, failingDays }: { reason: 'gone' | 'failing'; failingDays: number },
): Promise<boolean> {
  const rows = await db.query<{ is_disabled: boolean }>(sql`
    with disabled as (
      update webhook_endpoints set disabled_reason = ${reason}, disabled_at = clock_timestamp()
      where webhook_endpoint_id = ${endpointId} and disabled_at is null
        and (${reason} = 'gone' or failing_since < clock_timestamp() - make_interval(days => ${failingDays}::int))
      returning webhook_endpoint_id, partner_id, disabled_at
    ), dropped as (
      update webhook_deliveries as d set state = 'failed', problem = coalesce(problem, 'endpoint_disabled')
      from disabled where d.webhook_endpoint_id = disabled.webhook_endpoint_id and d.state = 'pending'
    ), ${recordEvent(sql`
        select partner_id, 'webhook_endpoint.disabled' as event_type, disabled_at as occurred_at,
          jsonb_build_object('endpointId', webhook_endpoint_id, 'reason', ${reason}::text) as data
        from disabled`)}
    select exists (select from disabled) as is_disabled`);
  return rows[0]?.is_disabled === true;
}
