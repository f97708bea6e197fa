import { LRUCache } from 'lru-cache';
import type { Database } from '../store/database.ts';
import { keepConnection } from '../store/kept-connection.ts';
import type { Log } from '../store/log.ts';

/** Customers whose partner is remembered; the longest unused go first. */
const customersMax = 100_000;

/**
 * Remembers which partner a customer belongs to, so that most requests need no look into the database. It is only
 * believed while changes are being followed (`followCustomerChanges`), and every change empties it.
 */
export class CustomerOwners {
  readonly #partners = new LRUCache<string, string>({ max: customersMax });
  #generation = 0;
  #isFollowing = false;

  /** The partner of a customer, if it is remembered. */
  partnerOf(customerId: string): string | undefined {
    return this.#partners.get(customerId);
  }

  /** Taken before the database is read: tells whether something changed while it was. */
  get generation(): number {
    return this.#generation;
  }

  /** Remembers what the database said, unless something changed since `generation` was taken. */
  remember(customerId: string, partnerId: string, generation: number): void {
    if (this.#isFollowing && generation === this.#generation) this.#partners.set(customerId, partnerId);
  }

  /** Changes are followed from now on. */
  follow(): void {
    this.forget();
    this.#isFollowing = true;
  }

  /** Changes may be missed from now on: nothing is remembered. */
  lose(): void {
    this.#isFollowing = false;
    this.forget();
  }

  /** Some customer changed. */
  forget(): void {
    this.#generation += 1;
    this.#partners.clear();
  }
}

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
