import { LRUCache } from 'lru-cache';

/** The number of customers whose partner is cached. The least recently used are removed first. */
const customersMax = 100_000;

/**
 * Caches the partner of each customer, so that most requests do not need the database. The cache is used only while
 * changes are followed (`cache/follow-changes.ts`), and every change clears it.
 */
export class CustomerOwners {
  // Limited by size, because `max` would allocate the memory for all entries immediately.
  readonly #partners = new LRUCache<string, string>({ maxSize: customersMax, sizeCalculation: () => 1 });
  #generation = 0;
  #isFollowing = false;

  /** The partner of a customer, if it is cached. */
  partnerOf(customerId: string): string | undefined {
    return this.#partners.get(customerId);
  }

  /** Read before the database is read, to detect changes that happen meanwhile. */
  get generation(): number {
    return this.#generation;
  }

  /** Caches what was read from the database, unless something has changed since `generation` was read. */
  remember(customerId: string, partnerId: string, generation: number): void {
    if (this.#isFollowing && generation === this.#generation) this.#partners.set(customerId, partnerId);
  }

  /** From now on, changes are followed. */
  follow(): void {
    this.forget();
    this.#isFollowing = true;
  }

  /** From now on, changes may be missed, so nothing is cached. */
  lose(): void {
    this.#isFollowing = false;
    this.forget();
  }

  /** A customer has changed. */
  forget(): void {
    this.#generation += 1;
    this.#partners.clear();
  }
}
