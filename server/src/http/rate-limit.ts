import { WindowCounters, type ElapsedMs } from './window-counters.ts';

/** Partner Center speaks of seconds up to a minute: `Retry-After: 57`. */
const windowMs = 60_000;

/** Too many requests. The response is the documented one, which is not a fault. */
export class RateLimitError extends Error {
  /** Whole seconds, at least 1. */
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(`Rate limit is exceeded. Try again in ${retryAfterSeconds} seconds.`);
    this.name = 'RateLimitError';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Counts the requests of partners, and of partners per customer. */
export interface RateLimit {
  /** Counts a request, or throws RateLimitError when a window is full; a refused request is not counted. */
  count(partnerId: string, customerId: string | undefined): void;
}

/**
 * Limits as Partner Center has them: per partner tenant, and per pair of partner and customer, in requests a minute; 0
 * is no limit. Counted in memory, per node: a shared count would cost a database round trip on every request.
 */
export function createRateLimit(options: {
  requestsPerPartner: number;
  requestsPerCustomer: number;
  elapsedMs: ElapsedMs;
}): RateLimit {
  const { elapsedMs } = options;
  const partners = new WindowCounters({ limit: options.requestsPerPartner, windowMs, elapsedMs });
  const customers = new WindowCounters({ limit: options.requestsPerCustomer, windowMs, elapsedMs });
  return {
    count: (partnerId, customerId) => {
      const waitSeconds = countOrWait(partnerId, customerId);
      if (waitSeconds > 0) throw new RateLimitError(waitSeconds);
    },
  };

  /** 0 when the request was counted; else the seconds until there is room for it. */
  function countOrWait(partnerId: string, customerId: string | undefined): number {
    const pair = customerId === undefined ? undefined : `${partnerId} ${customerId}`;
    const waitSeconds = Math.max(
      partners.secondsUntilRoom(partnerId),
      pair === undefined ? 0 : customers.secondsUntilRoom(pair),
    );
    if (waitSeconds > 0) return waitSeconds;
    partners.count(partnerId);
    if (pair !== undefined) customers.count(pair);
    return 0;
  }
}
