import type { WaitingPlaces } from './waiting-places.ts';

/** A request that waits for the end of a job. */
export interface JobWait {
  /** Resolves when the job has ended (true), or when there is no more waiting (false). */
  readonly over: Promise<boolean>;
  /** Ends the wait, and gives its place to another. Must be called. */
  leave(): void;
}

/** What to wait for, and how long. */
export interface JobToAwait {
  readonly trackingId: string;
  readonly partnerId: string;
  readonly waitMs: number;
}

type EndWait = (hasEnded: boolean) => void;

/**
 * Requests that wait on this node for the end of a job, by tracking id. The database tells of the end of every job
 * (`cache/follow-changes.ts`), so nobody asks it meanwhile.
 */
export class JobEnds {
  readonly #places: WaitingPlaces;
  readonly #waits = new Map<string, Set<EndWait>>();
  #isStopping = false;

  constructor(places: WaitingPlaces) {
    this.#places = places;
  }

  /** Begins to wait: the job is to be read after this, for its end not to be missed. Undefined when there is no place. */
  await({ trackingId, partnerId, waitMs }: JobToAwait): JobWait | undefined {
    const givePlaceBack = this.#isStopping ? undefined : this.#places.enter(partnerId);
    if (!givePlaceBack) return undefined;
    const { promise: over, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(resolve, waitMs, false).unref();
    const waits = this.#waits.get(trackingId) ?? new Set();
    this.#waits.set(trackingId, waits.add(resolve));
    const leave = () => {
      clearTimeout(timer);
      waits.delete(resolve);
      if (waits.size === 0 && this.#waits.get(trackingId) === waits) this.#waits.delete(trackingId);
      givePlaceBack();
      resolve(false);
    };
    return { over, leave };
  }

  /** The jobs that somebody waits for. */
  trackingIds(): string[] {
    return [...this.#waits.keys()];
  }

  /** A job has ended. */
  ended(trackingId: string): void {
    for (const endWait of this.#waits.get(trackingId) ?? []) endWait(true);
  }

  /** Ends every wait, and begins no more. */
  stop(): void {
    this.#isStopping = true;
    for (const waits of this.#waits.values()) for (const endWait of waits) endWait(false);
  }
}
