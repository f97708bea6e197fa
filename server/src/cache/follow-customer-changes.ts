import type { Log } from '../store/log.ts';
import type { Database } from '../store/database.ts';
import { keepConnection } from '../store/kept-connection.ts';
import type { CustomerOwners } from './customer-owners.ts';

/**
 * Keeps what is remembered of customers true to the database, on a connection of its own; while there is none, nothing
 * is remembered. Returns what ends that.
 */
export function followCustomerChanges(database: Database, owners: CustomerOwners, log: Log): () => void {
  const connection = keepConnection(database, {
    async setUp(client) {
      client.on('notification', () => owners.forget());
      await client.query('listen muster_customer_changed');
      owners.follow();
    },
    onLoss: () => owners.lose(),
    onFailure: (error) => log.warn({ err: error }, 'could not follow changes of customers'),
  });
  return () => {
    owners.lose();
    connection.release();
  };
}
