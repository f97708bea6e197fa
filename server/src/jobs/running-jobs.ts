import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '../store/database.ts';
import { renewLeases, type JobLease } from '../store/jobs/job-leases.ts';

/** A job that this node runs or is just storing. */
interface RunningJob {
  readonly lease: JobLease;
  /** On a monotonic clock, in milliseconds: when it last got further. */
  progressAt: number;
  /** Resolves when the job is removed: its run has ended, however it did, or it was not stored. */
  readonly removed: PromiseWithResolvers<void>;
  /** Rejects to end the run with an error. */
  readonly stalled: PromiseWithResolvers<never>;
}

/** The jobs a node runs, whether it took them from the queue or has just accepted them. */
export class RunningJobs {
  readonly #jobs = new Map<string, RunningJob>();
  #isRenewing = false;

  /** Registers a job, one of this node's own from before it is stored. */
  add(lease: JobLease): void {
    const job = {
      lease,
      progressAt: performance.now(),
      removed: Promise.withResolvers<void>(),
      stalled: Promise.withResolvers<never>(),
    };
    job.stalled.promise.catch(() => {});
    this.#jobs.set(lease.trackingId, job);
  }

  remove(lease: JobLease): void {
    const job = this.#jobs.get(lease.trackingId);
    if (job?.lease !== lease) return;
    this.#jobs.delete(lease.trackingId);
    job.removed.resolve();
  }

  /** Runs `work` for a job that was added. Rejects early when `failStalled` finds that it gets no further. */
  run<T>(lease: JobLease, work: () => Promise<T>): Promise<T> {
    const job = this.#jobs.get(lease.trackingId);
    if (!job) throw new Error(`Job ${lease.trackingId} is not one of this node's.`);
    return Promise.race([work(), job.stalled.promise]);
  }

  /** Notes that a job got further. */
  progressed(lease: JobLease): void {
    const job = this.#jobs.get(lease.trackingId);
    if (job?.lease === lease) job.progressAt = performance.now();
  }

  /**
   * Renews the leases of all of them. While an earlier renewal is still on its way, there is no second one: renewals that
   * hang must not take one connection after the other.
   */
  async renewLeases(db: Db): Promise<void> {
    const leases = [...this.#jobs.values()].map((job) => job.lease);
    if (leases.length === 0 || this.#isRenewing) return;
    this.#isRenewing = true;
    try {
      await renewLeases(db, leases);
    } finally {
      this.#isRenewing = false;
    }
  }

  /** Fails every job that got no further for this long. */
  failStalled(afterMs: number): void {
    const since = performance.now() - afterMs;
    for (const job of this.#jobs.values())
      if (job.progressAt < since) job.stalled.reject(new Error(`No progress for ${afterMs / 1000} seconds.`));
  }

  /** Resolves when the run of a job has ended, or after so many milliseconds. Undefined: it is not run here. */
  untilEnd(trackingId: string, waitMs: number): Promise<void> | undefined {
    const job = this.#jobs.get(trackingId);
    if (!job) return undefined;
    const over = new AbortController();
    const waiting = delay(waitMs, undefined, { signal: over.signal }).catch(() => {});
    return Promise.race([job.removed.promise, waiting]).finally(() => over.abort());
  }

  /** Resolves when none is left of those that are here now. */
  async allRemoved(): Promise<void> {
    await Promise.all([...this.#jobs.values()].map((job) => job.removed.promise));
  }
}
