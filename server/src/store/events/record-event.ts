import sql, { type Sql } from 'sql-template-tag';

/** The channel on which events are announced, with the partner's id. */
export const eventChannel = 'muster_event';

/** What partners are told of. `webhook_endpoint.disabled` and `ping` are about an endpoint, the others about a customer. */
export const eventTypes = [
  'batch_job.finished',
  'batch_job.broken',
  'device.removed',
  'webhook_endpoint.disabled',
  'ping',
] as const;
export type EventType = (typeof eventTypes)[number];

/**
 * Parts of a statement: record an event, and a delivery to each endpoint that asked for it, if its partner has an endpoint
 * or a stream at all. `occurrence` is a query for partner_id, event_type, occurred_at and data: a row for each event.
 */
export function recordEvent(occurrence: Sql): Sql {
  return sql`event as (
      insert into events (partner_id, event_type, occurred_at, data)
      select o.partner_id, o.event_type, o.occurred_at, o.data
      from (${occurrence}) as o
      where exists (select from webhook_endpoints as e where e.partner_id = o.partner_id and e.disabled_at is null)
        or exists (select from event_streams as s where s.partner_id = o.partner_id and s.kept_until > clock_timestamp())
      returning event_id, partner_id, event_type, occurred_at, data, ${announceEvent} as announced
    ), deliveries as (
      insert into webhook_deliveries (webhook_endpoint_id, event_id, created_at, due_at)
      select e.webhook_endpoint_id, event.event_id, event.occurred_at, clock_timestamp()
      from event join webhook_endpoints as e using (partner_id)
      where e.disabled_at is null and e.webhook_endpoint_id::text is distinct from event.data->>'endpointId'
        and (e.event_types is null or event.event_type = any (e.event_types))
        and (e.customer_ids is null or event.data->>'customerId' is null
          or (event.data->>'customerId')::uuid = any (e.customer_ids))
    )`;
}

/** Returned by what stores an event: announces it when it is committed. */
const announceEvent = sql`pg_notify(${eventChannel}, partner_id::text)`;
