import sql from 'sql-template-tag';
import type { Db } from '../database.ts';
import { eventChannel } from './record-event.ts';
import type { EndpointKey, SignatureVersion } from './webhook-endpoints.ts';

/** For how long a delivery belongs to whoever attempts it, in seconds: longer than an attempt can take. */
const attemptSeconds = 60;

/** What happened, as endpoints are told. */
export interface PartnerEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly occurredAt: Date;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A delivery that is due, taken to be attempted. */
export interface DueDelivery extends PartnerEvent {
  readonly endpointId: string;
  /** Which attempt this is; the first is 1. */
  readonly attempt: number;
  readonly url: string;
  readonly signatureVersion: SignatureVersion;
  /** What signs: the present key, and the former one until it expires. */
  readonly signingKeys: readonly Buffer[];
}

/** How many deliveries may be taken, in all and for each endpoint, and which endpoints have enough of them. */
export interface DeliveryClaim {
  readonly limit: number;
  readonly perEndpoint: number;
  readonly busyEndpointIds: readonly string[];
}

/** Takes deliveries that are due, those first that have been due longest. Two nodes never take the same one. */
export async function claimDeliveries(db: Db, claim: DeliveryClaim): Promise<DueDelivery[]> {
  return db.query<DueDelivery>(sql`
    with next as (
      select d.webhook_endpoint_id, d.event_id
      from webhook_endpoints as e
      cross join lateral (
        select webhook_endpoint_id, event_id, due_at from webhook_deliveries
        where webhook_endpoint_id = e.webhook_endpoint_id and state = 'pending' and due_at <= clock_timestamp()
        order by due_at limit ${claim.perEndpoint}::int
        for update skip locked) as d
      where e.disabled_at is null and e.webhook_endpoint_id <> all (${[...claim.busyEndpointIds]}::uuid[])
      order by d.due_at limit ${claim.limit}::int
    ), claimed as (
      update webhook_deliveries as d
      set due_at = clock_timestamp() + make_interval(secs => ${attemptSeconds}::int), attempts = attempts + 1
      from next where d.webhook_endpoint_id = next.webhook_endpoint_id and d.event_id = next.event_id
      returning d.webhook_endpoint_id, d.event_id, d.attempts
    )
    select webhook_endpoint_id as "endpointId", event_id as "eventId", c.attempts as attempt, e.url,
      e.signature_version as "signatureVersion",
      case when e.former_key_expires_at > clock_timestamp() then array[e.signing_key, e.former_signing_key]
        else array[e.signing_key] end as "signingKeys",
      v.event_type as "eventType", v.occurred_at as "occurredAt", v.data
    from claimed as c join webhook_endpoints as e using (webhook_endpoint_id) join events as v using (event_id)`);
}

/** In how many milliseconds the next delivery is due; undefined when none is pending. Those of busy endpoints wait. */
export async function msUntilDelivery(
  db: Db,
  busyEndpointIds: readonly string[],
): Promise<number | undefined> {
  const rows = await db.query<{ ms: number | null }>(sql`
    select (extract(epoch from min(d.due_at) - clock_timestamp()) * 1000)::float8 as ms
    from webhook_endpoints as e
    cross join lateral (
      select due_at from webhook_deliveries
      where webhook_endpoint_id = e.webhook_endpoint_id and state = 'pending' order by due_at limit 1) as d
    where e.disabled_at is null and e.webhook_endpoint_id <> all (${[...busyEndpointIds]}::uuid[])`);
  return rows[0]?.ms ?? undefined;
}

/** How an attempt went. */
export interface DeliveryAttempt {
  readonly endpointId: string;
  readonly eventId: string;
  readonly attempt: number;
  readonly ms: number;
  /** The HTTP status, if there was a response. */
  readonly status?: number;
  /** Why there was none, or why it is a failure. */
  readonly problem?: string;
}

/** Records a delivery. The endpoint works: what failed before is no longer counted. */
export async function recordDelivered(db: Db, attempt: DeliveryAttempt): Promise<void> {
  await db.query(sql`
    with delivered as (
      update webhook_deliveries
      set state = 'delivered', attempted_at = clock_timestamp(), attempt_ms = ${attempt.ms}::int,
        response_status = ${attempt.status ?? null}::int, problem = null
      where webhook_endpoint_id = ${attempt.endpointId}::uuid and event_id = ${attempt.eventId}::uuid
        and state = 'pending' and attempts = ${attempt.attempt}::int
      returning webhook_endpoint_id
    )
    update webhook_endpoints as e set failing_since = null
    from delivered as d where e.webhook_endpoint_id = d.webhook_endpoint_id and e.failing_since is not null`);
}

/** Records an attempt that failed; the delivery is due again in so many seconds, or has failed for good (null). */
export async function recordFailedAttempt(
  db: Db,
  attempt: DeliveryAttempt,
  retrySeconds: number | null,
): Promise<void> {
  await db.query(sql`
    with failed as (
      update webhook_deliveries
      set state = case when ${retrySeconds}::float8 is null then 'failed' else 'pending' end,
        due_at = clock_timestamp() + make_interval(secs => coalesce(${retrySeconds}::float8, 0)),
        attempted_at = clock_timestamp(), attempt_ms = ${attempt.ms}::int,
        response_status = ${attempt.status ?? null}::int, problem = ${attempt.problem ?? null}
      where webhook_endpoint_id = ${attempt.endpointId}::uuid and event_id = ${attempt.eventId}::uuid
        and state = 'pending' and attempts = ${attempt.attempt}::int
      returning webhook_endpoint_id
    )
    update webhook_endpoints as e set failing_since = clock_timestamp()
    from failed as f where e.webhook_endpoint_id = f.webhook_endpoint_id and e.failing_since is null`);
}

/** A delivery as its partner sees it. */
export interface WebhookDelivery extends PartnerEvent {
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  /** To the microsecond, as PostgreSQL writes it. */
  readonly createdAtText: string;
  /** When it is attempted next; null when it is not. */
  readonly dueAt: Date | null;
  readonly attemptedAt: Date | null;
  readonly attemptMs: number | null;
  readonly responseStatus: number | null;
  readonly problem: string | null;
}

/** Where a page of deliveries begins: after this one. */
export interface DeliveryPlace {
  /** To the microsecond, as PostgreSQL writes it. */
  readonly createdAt: string;
  readonly eventId: string;
}

/** At most `limit` deliveries to an endpoint, the newest first. */
export async function listDeliveries(
  db: Db,
  page: {
    readonly endpointId: string;
    readonly state: string | null;
    readonly after: DeliveryPlace | undefined;
    readonly limit: number;
  },
): Promise<WebhookDelivery[]> {
  return db.query<WebhookDelivery>(sql`
    select d.event_id as "eventId", v.event_type as "eventType", v.occurred_at as "occurredAt", v.data, d.state,
      d.attempts, d.created_at::text as "createdAtText", case when d.state = 'pending' then d.due_at end as "dueAt",
      d.attempted_at as "attemptedAt", d.attempt_ms as "attemptMs", d.response_status as "responseStatus", d.problem
    from webhook_deliveries as d join events as v using (event_id)
    where d.webhook_endpoint_id = ${page.endpointId}::uuid
      and (${page.state}::text is null or d.state = ${page.state}::text)
      and (${page.after?.eventId ?? null}::uuid is null
        or (d.created_at, d.event_id) < (${page.after?.createdAt ?? null}::timestamptz, ${page.after?.eventId ?? null}::uuid))
    order by d.created_at desc, d.event_id desc
    limit ${page.limit}::int`);
}

/** Sends an event to an endpoint once more, however its delivery went. False when there is no such delivery. */
export async function resendDelivery(db: Db, key: EndpointKey, eventId: string): Promise<boolean> {
  const rows = await db.query(sql`
    update webhook_deliveries as d
    set state = 'pending', attempts = 0, due_at = clock_timestamp(), problem = null
    from webhook_endpoints as e
    where e.webhook_endpoint_id = ${key.endpointId} and e.partner_id = ${key.partnerId} and e.disabled_at is null
      and d.webhook_endpoint_id = e.webhook_endpoint_id and d.event_id = ${eventId}
    returning pg_notify(${eventChannel}, ${key.partnerId}::text)`);
  return rows.length === 1;
}

/** Sends a `ping` to an endpoint, whatever it asked for, and returns the event's id. Undefined: no such endpoint, or disabled. */
export async function insertPing(db: Db, key: EndpointKey): Promise<string | undefined> {
  const rows = await db.query<{ event_id: string }>(sql`
    with ping as (
      insert into events (partner_id, event_type, occurred_at, data)
      select partner_id, 'ping', clock_timestamp(), jsonb_build_object('endpointId', webhook_endpoint_id)
      from webhook_endpoints
      where webhook_endpoint_id = ${key.endpointId} and partner_id = ${key.partnerId} and disabled_at is null
      returning event_id, occurred_at
    )
    insert into webhook_deliveries (webhook_endpoint_id, event_id, created_at, due_at)
    select ${key.endpointId}::uuid, event_id, occurred_at, occurred_at from ping
    returning event_id, pg_notify(${eventChannel}, ${key.partnerId}::text)`);
  return rows[0]?.event_id;
}
