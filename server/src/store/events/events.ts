import sql from 'sql-template-tag';
import type { Db } from '../database.ts';

/** Forgets events, with their deliveries, that are older than this. */
export async function deleteEventsBefore(db: Db, before: Date): Promise<void> {
  await db.query(sql`
    with forgotten as (delete from events where occurred_at < ${before}::timestamptz)
    delete from event_streams where kept_until < ${before}::timestamptz`);
}
