import { LRUCache } from 'lru-cache';

/** The maximum number of counters. Beyond it, the least recently used are removed. */
const keysMax = 100_000;

/** Milliseconds of a monotonic clock, which does not follow changes of the system time. */
export type ElapsedMs = () => number;

interface Window {
  count: number;
  readonly endsAt: number;
}

/**
 * Counts per key within windows of fixed length. A window begins with a key's first count and ends by itself: what is
 * refused is not counted and moves no end, so nobody is locked out for longer by trying on.
 * The counters live in this process: with several nodes, each counts for itself.
 */
export class WindowCounters {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #elapsedMs: ElapsedMs;
  // Limited by size, because `max` would allocate the memory for all entries immediately.
  readonly #windows = new LRUCache<string, Window>({ maxSize: keysMax, sizeCalculation: () => 1 });

  /** A limit of 0 is none. */
  constructor(options: { limit: number; windowMs: number; elapsedMs: ElapsedMs }) {
    this.#limit = options.limit;
    this.#windowMs = options.windowMs;
    this.#elapsedMs = options.elapsedMs;
  }

  /** Whole seconds until this key has room again, at least 1; 0 when it has. */
  secondsUntilRoom(key: string): number {
    if (this.#limit === 0) return 0;
    const window = this.#windows.get(key);
    const leftMs = window === undefined ? 0 : window.endsAt - this.#elapsedMs();
    if (window === undefined || leftMs <= 0 || window.count < this.#limit) return 0;
    return Math.ceil(leftMs / 1000);
  }

  /** Counts one. */
  count(key: string): void {
    if (this.#limit === 0) return;
    const now = this.#elapsedMs();
    const window = this.#windows.get(key);
    if (window !== undefined && window.endsAt > now) window.count += 1;
    else this.#windows.set(key, { count: 1, endsAt: now + this.#windowMs });
  }

  /** Takes one count back. */
  uncount(key: string): void {
    const window = this.#windows.get(key);
    if (window !== undefined && window.count > 0) window.count -= 1;
  }
}
