import { LRUCache } from 'lru-cache';

/** Customers whose partner is remembered; the longest unused go first. */
const customersMax = 100_000;

/**
 * Remembers which partner a customer belongs to, so that most requests need no look into the database. It is only
 * believed while changes are being followed (`cache/follow-changes.ts`), and every change empties it.
 */
export class CustomerOwners {
  // By size, because with `max` the memory for all of them would be taken at once.
  readonly #partners = new LRUCache<string, string>({ maxSize: customersMax, sizeCalculation: () => 1 });
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
