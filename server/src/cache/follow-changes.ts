import { connectionDb, type Database } from '../store/database.ts';
import { eventChannel } from '../store/events/record-event.ts';
import { jobEndedChannel, listEndedJobs } from '../store/jobs/job-ends.ts';
import { keepConnection } from '../store/kept-connection.ts';
import type { Log } from '../store/log.ts';
import type { CustomerOwners } from './customer-owners.ts';
import type { EventNotices } from './event-notices.ts';
import type { JobEnds } from './job-ends.ts';

/** The caches and waits of a node that depend on changes in the database. */
export interface FollowedChanges {
  readonly owners: CustomerOwners;
  readonly jobEnds: JobEnds;
  readonly eventNotices: EventNotices;
}

/**
 * Follows changes in the database over a connection of its own. Without a connection, no customer is cached; when it is back,
 * one read finds the jobs that have ended in the meantime. Returns a function that ends this.
 */
export function followChanges(
  database: Database,
  { owners, jobEnds, eventNotices }: FollowedChanges,
  log: Log,
): () => void {
  const connection = keepConnection(database, {
    async setUp(client) {
      client.on('notification', ({ channel, payload = '' }) => {
        if (channel === jobEndedChannel) jobEnds.ended(payload);
        else if (channel === eventChannel) eventNotices.tell(payload);
        else owners.forget();
      });
      await client.query(`listen muster_customer_changed; listen ${jobEndedChannel}; listen ${eventChannel}`);
      owners.follow();
      eventNotices.tell();
      const awaited = jobEnds.trackingIds();
      if (awaited.length === 0) return;
      for (const trackingId of await listEndedJobs(connectionDb(client), awaited)) jobEnds.ended(trackingId);
    },
    onLoss: () => owners.lose(),
    onFailure: (error) => log.warn({ err: error }, 'could not follow changes in the database'),
  });
  return () => {
    owners.lose();
    connection.release();
  };
}
