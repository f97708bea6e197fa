import { randomUUID } from 'node:crypto';
import type { Context, LocalJobs } from '../registry/context.ts';
import { keepConnection, type KeptConnection } from '../store/kept-connection.ts';
import type { AcceptedJob, BatchJob, NewBatchJob } from '../store/jobs/batch-jobs.ts';
import { claimJob, jobQueuedChannel, releaseJob, type ClaimedJob } from '../store/jobs/job-leases.ts';
import { isOutage } from '../store/database-faults.ts';
import type { Log } from '../store/log.ts';
import { keepHouse } from './housekeeping.ts';
import {
  abandonBatchJob,
  beginBatchJob,
  processBatchJob,
  type AcceptedJobToProcess,
} from './process-batch-job.ts';
import { RunningJobs } from './running-jobs.ts';

/** The maximum number of attempts of a job. */
const attemptsMax = 8;
/** How long a job waits after an outage of the database. */
const outageRetrySeconds = 2;
/** How often leases are renewed, and jobs are looked for whose notification was missed or whose node has ended. */
const tickMs = 1000;
/** A job without progress for this long fails, and its slot is free again. */
const stalledAfterMs = 60_000;
/** How long a job can keep its slot while others wait. */
const turnMs = 1000;
/** Jobs of at most this many devices never wait behind large ones. */
const smallJobDevices = 50;
/** Slots for small jobs, in addition to those of `jobsAtOnce`. */
const smallJobsAtOnce = 4;
const anyDevices = 2_147_483_647;

/** How a node runs jobs. */
export interface JobRunnerOptions {
  /** Slots for jobs. Small jobs have a few more. */
  readonly jobsAtOnce: number;
  readonly log: Log;
  /** Called with each job that this node accepted and ran to its end. */
  readonly onLocalJobEnded?: (job: BatchJob) => void;
}

/**
 * Runs batch jobs: those that this node accepts, immediately, if it has a free slot and no job is waiting; and those in the
 * queue, with partners and customers taking turns. Before `start`, accepted jobs are left to the queue.
 */
export class JobRunner implements LocalJobs {
  readonly #jobsAtOnce: number;
  readonly #log: Log;
  readonly #onLocalJobEnded: JobRunnerOptions['onLocalJobEnded'];
  readonly #running = new RunningJobs();
  #ctx: Context | undefined;
  #places = 0;
  #smallPlaces = 0;
  /** Whether jobs are known to wait in the queue. Then new ones also wait for their turn. */
  #hasBacklog = false;
  /** Whether a small job may be waiting in the queue. */
  #hasSmallWaiting = false;
  /** Counts what may have put a job into the queue, so that a look that came too early is repeated. */
  #wakes = 0;
  #isDatabaseAway = false;
  #stopListening: (() => void) | undefined;

  constructor({ jobsAtOnce, log, onLocalJobEnded }: JobRunnerOptions) {
    this.#jobsAtOnce = jobsAtOnce;
    this.#log = log;
    this.#onLocalJobEnded = onLocalJobEnded;
  }

  /** Starts running jobs. */
  start(ctx: Context): void {
    this.#ctx = ctx;
    const listener = this.#listen(ctx);
    const ticks = setInterval(() => this.#tick(ctx), tickMs).unref();
    const endHousekeeping = keepHouse(ctx, this.#log);
    this.#stopListening = () => {
      clearInterval(ticks);
      endHousekeeping();
      listener.release();
    };
    this.#wake();
  }

  /** Starts no more jobs, and resolves when the running ones have ended or were returned to the queue. */
  async stop(): Promise<void> {
    const ctx = this.#ctx;
    this.#ctx = undefined;
    // Leases are renewed until the last job has ended.
    await this.#running.allRemoved();
    if (ctx) this.#stopListening?.();
  }

  untilEnd(trackingId: string, waitMs: number): Promise<void> | undefined {
    return this.#running.untilEnd(trackingId, waitMs);
  }

  async accept<J extends NewBatchJob, R>(
    job: J,
    store: (job: J) => Promise<R | AcceptedJob>,
  ): Promise<R | AcceptedJob> {
    const ctx = this.#ctx;
    const isSmall = job.devices.count <= smallJobDevices;
    const leave = ctx && this.#enter(isSmall);
    if (!leave) return store(job);
    const lease = { trackingId: job.trackingId, leaseId: randomUUID(), attempt: 1 };
    this.#running.add(lease);
    let isStored = false;
    try {
      const storing = store({ ...job, leaseId: lease.leaseId });
      // After the store's statement has gone out: looking at the job takes time of its own.
      const begun = beginBatchJob(ctx, job, lease);
      const stored = await storing;
      if (isAccepted(stored)) {
        isStored = true;
        const accepted = { ...begun, job: { ...begun.job, ...stored } };
        // The first step is on its way to the database before the response to the upload is written.
        void this.#run(ctx, lease, accepted).finally(leave);
      }
      return stored;
    } finally {
      // If the statement failed, the job may nevertheless be stored. It then runs when its lease has expired.
      if (!isStored) {
        this.#running.remove(lease);
        leave();
      }
    }
  }

  /** Takes a slot for a job that this node accepted. Undefined if there is none, or if others are waiting. */
  #enter(isSmall: boolean): (() => void) | undefined {
    if (!this.#hasBacklog && this.#places < this.#jobsAtOnce) {
      this.#places += 1;
      return () => {
        this.#places -= 1;
        if (this.#hasBacklog) this.#wake();
      };
    }
    if (isSmall && this.#smallPlaces < smallJobsAtOnce) {
      this.#smallPlaces += 1;
      return () => void (this.#smallPlaces -= 1);
    }
    this.#hasBacklog = true;
    return undefined;
  }

  /** Fills the free slots with jobs from the queue. */
  #wake(): void {
    this.#wakes += 1;
    while (this.#ctx && this.#places < this.#jobsAtOnce) void this.#takeTurns(this.#ctx);
  }

  /** Runs one job of the queue after another until none is due. */
  async #takeTurns(ctx: Context): Promise<void> {
    this.#places += 1;
    try {
      while (this.#ctx) {
        const wakes = this.#wakes;
        const claimed = await this.#claim(ctx, anyDevices);
        if (claimed) {
          this.#hasBacklog = true;
          await this.#run(ctx, claimed);
        } else if (wakes === this.#wakes || this.#isDatabaseAway) {
          this.#hasBacklog = false;
          return;
        }
      }
    } finally {
      this.#places -= 1;
    }
  }

  async #claim(ctx: Context, devicesMax: number): Promise<ClaimedJob | undefined> {
    try {
      const claimed = await claimJob(ctx.db, { leaseId: randomUUID(), devicesMax });
      this.#isDatabaseAway = false;
      if (claimed) this.#running.add(claimed);
      return claimed;
    } catch (error) {
      if (!this.#isDatabaseAway) this.#log.warn({ err: error }, 'could not look for jobs');
      this.#isDatabaseAway = true;
      return undefined;
    }
  }

  /** Runs a job to its end, or to the end of its turn. Never rejects. */
  async #run(ctx: Context, claimed: ClaimedJob, accepted?: AcceptedJobToProcess): Promise<void> {
    const { trackingId, attempt } = claimed;
    const started = performance.now();
    let attemptsSinceProgress = attempt;
    const goesOn = async (): Promise<boolean> => {
      attemptsSinceProgress = 1;
      this.#running.progressed(claimed);
      await this.#letSmallOnesPass(ctx);
      const isOver = performance.now() - started > turnMs;
      return !isOver || (this.#ctx !== undefined && !this.#hasBacklog);
    };
    try {
      // A job that was stored while the node stops is returned to the queue.
      const result = this.#ctx
        ? await this.#running.run(claimed, () =>
            processBatchJob(ctx, claimed, { ...(accepted && { accepted }), goesOn }),
          )
        : ({ kind: 'yielded' } as const);
      const ms = Math.round(performance.now() - started);
      if (result.kind === 'yielded') await releaseJob(ctx.db, claimed);
      if (result.kind === 'ended') {
        this.#log.info({ job: 'batch_job', trackingId, attempt, ms }, 'job finished');
        // The client that uploaded to this node is likely to read the status here.
        if (accepted) this.#onLocalJobEnded?.(result.job);
      }
    } catch (error) {
      this.#log.error({ job: 'batch_job', trackingId, attempt, err: error }, 'job failed');
      await this.#retry(ctx, { ...claimed, attempt: attemptsSinceProgress }, error);
    } finally {
      this.#running.remove(claimed);
    }
  }

  /**
   * Puts a failed job back, to be tried later; the last attempt ends it. An outage of the database is no fault of the
   * job: it is waited for, however long it takes.
   */
  async #retry(ctx: Context, claimed: ClaimedJob, reason: unknown): Promise<void> {
    const { trackingId, attempt } = claimed;
    try {
      if (isOutage(reason)) await releaseJob(ctx.db, claimed, { delaySeconds: outageRetrySeconds });
      else if (attempt < attemptsMax)
        await releaseJob(ctx.db, claimed, { delaySeconds: 2 ** (attempt - 1), isFailure: true });
      else await abandonBatchJob(ctx, claimed);
    } catch (error) {
      this.#log.warn(
        { trackingId, err: error },
        'could not put a job back; it is taken when its lease is over',
      );
    }
  }

  /** Runs waiting small jobs between two steps of a large one. */
  async #letSmallOnesPass(ctx: Context): Promise<void> {
    if (!this.#hasSmallWaiting) return;
    for (let passed = 0; passed < smallJobsAtOnce && this.#ctx; passed += 1) {
      const claimed = await this.#claim(ctx, smallJobDevices);
      if (!claimed) {
        this.#hasSmallWaiting = false;
        return;
      }
      await this.#run(ctx, claimed);
    }
  }

  #listen(ctx: Context): KeptConnection {
    return keepConnection(ctx.db, {
      setUp: async (client) => {
        client.on('notification', ({ payload }) => {
          this.#hasBacklog = true;
          if (Number(payload) <= smallJobDevices) this.#hasSmallWaiting = true;
          this.#wake();
        });
        await client.query(`listen ${jobQueuedChannel}`);
      },
      onFailure: (error) => this.#log.warn({ err: error }, 'could not listen for queued jobs'),
    });
  }

  #tick(ctx: Context): void {
    this.#running.failStalled(stalledAfterMs);
    this.#running
      .renewLeases(ctx.db)
      .catch((error: unknown) => this.#log.warn({ err: error }, 'could not renew the leases of jobs'));
    this.#wake();
  }
}

function isAccepted(stored: unknown): stored is AcceptedJob {
  return typeof stored === 'object' && stored !== null && 'deviceBatchId' in stored;
}
