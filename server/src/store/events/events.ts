import sql from 'sql-template-tag';
import type { Db } from '../database.ts';
import type { PartnerEvent } from './webhook-deliveries.ts';

/** Which events of a partner. */
export interface EventFilter {
  readonly partnerId: string;
  readonly eventType: string | undefined;
  readonly customerId: string | undefined;
}

/** An event, and the transaction that stored it: later ones have higher numbers. */
export interface StoredEvent extends PartnerEvent {
  readonly transactionId: string;
}

/** Where a page of events begins: after this one. */
export type EventPlace = Pick<StoredEvent, 'transactionId' | 'eventId'>;

/** At most `limit` events of a partner, the newest first. */
export async function listEvents(
  db: Db,
  { partnerId, eventType, customerId }: EventFilter,
  { after, limit }: { readonly after: EventPlace | undefined; readonly limit: number },
): Promise<StoredEvent[]> {
  return db.query<StoredEvent>(sql`
    select event_id as "eventId", event_type as "eventType", occurred_at as "occurredAt", data,
      transaction_id::text as "transactionId"
    from events
    where partner_id = ${partnerId} and (${eventType ?? null}::text is null or event_type = ${eventType ?? null}::text)
      and (${customerId ?? null}::text is null or data->>'customerId' = ${customerId ?? null}::text)
      and (${after?.eventId ?? null}::uuid is null or (transaction_id, event_id)
        < (${after?.transactionId ?? null}::text::xid8, ${after?.eventId ?? null}::uuid))
    order by transaction_id desc, event_id desc
    limit ${limit}::int`);
}

/** What a reader of a stream has seen. */
export interface StreamPosition {
  /** Every event of earlier transactions; undefined: the reader begins now. */
  readonly cursor: string | undefined;
  /** And these of later ones. */
  readonly seenIds: readonly string[];
}

/**
 * The next events of a stream, the oldest first, at most `limit`, and the transaction before which there are no others
 * and never will be: an event that is stored at this moment may come from an earlier transaction than one that is there.
 */
export async function readStream(
  db: Db,
  { partnerId, eventType, customerId }: EventFilter,
  { cursor, seenIds, limit }: StreamPosition & { readonly limit: number },
): Promise<{ events: StoredEvent[]; settledBefore: string }> {
  const rows = await db.query<Partial<StoredEvent> & { settled_before: string }>(sql`
    with snapshot as (
      select pg_snapshot_xmin(pg_current_snapshot()) as settled_before
    )
    select s.settled_before::text, v.* from snapshot as s left join lateral (
      select event_id as "eventId", event_type as "eventType", occurred_at as "occurredAt", data,
        transaction_id::text as "transactionId"
      from events
      where partner_id = ${partnerId} and transaction_id >= coalesce(${cursor ?? null}::text::xid8, s.settled_before)
        and event_id <> all (${[...seenIds]}::uuid[])
        and (${eventType ?? null}::text is null or event_type = ${eventType ?? null}::text)
        and (${customerId ?? null}::text is null or data->>'customerId' = ${customerId ?? null}::text)
      order by transaction_id, event_id
      limit ${limit}::int) as v on true`);
  const events = rows.filter((row): row is StoredEvent & typeof row => typeof row.eventId === 'string');
  return { events, settledBefore: rows[0]?.settled_before ?? '0' };
}

/** Keeps the events of a partner for so many minutes from now, so that a stream can go on where it broke off. */
export async function keepStream(db: Db, partnerId: string, minutes: number): Promise<void> {
  await db.query(sql`
    insert into event_streams (partner_id, kept_until)
    values (${partnerId}, clock_timestamp() + make_interval(mins => ${minutes}::int))
    on conflict (partner_id) do update set kept_until = greatest(event_streams.kept_until, excluded.kept_until)`);
}

/** Forgets events, with their deliveries, that are older than this. */
export async function deleteEventsBefore(db: Db, before: Date): Promise<void> {
  await db.query(sql`
    with forgotten as (delete from events where occurred_at < ${before}::timestamptz)
    delete from event_streams where kept_until < ${before}::timestamptz`);
}
