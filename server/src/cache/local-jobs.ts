import type { AcceptedJob, NewBatchJob } from '../store/jobs/batch-jobs.ts';

/** How this node runs jobs of its own. */
export interface OwnJobsRunner {
  /** Whose jobs they are in the queue. */
  readonly holderId: string;
  readonly jobsAtOnce: number;
  /** Looks at what a job needs to know, while it is being stored. What it returns runs the stored job. */
  prepare(job: NewBatchJob): RunAcceptedJob;
  /** Gives the jobs of this holder back to the queue, but for these. Rejects never. */
  giveBackAllBut(trackingIds: readonly string[]): Promise<void>;
}

/** Runs a job; whether it came to its end. Rejects never. */
export type RunAcceptedJob = (stored: AcceptedJob) => Promise<boolean>;

/**
 * The jobs a node runs as soon as it has accepted them, without the way through the queue: two commits and a few round
 * trips less. They are in the queue all the same, as taken: should the node die, or fail at one, any node goes on from
 * there. A node whose hands are full leaves its jobs to the queue; so does one that runs no jobs.
 */
export class OwnJobs {
  #runner: OwnJobsRunner | undefined;
  /** By tracking id; undefined while a job is being stored. */
  readonly #atHand = new Map<string, Promise<void> | undefined>();

  open(runner: OwnJobsRunner): void {
    this.#runner = runner;
  }

  /** Finishes the jobs at hand and takes no more. */
  async close(): Promise<void> {
    const runner = this.#runner;
    this.#runner = undefined;
    await Promise.all(this.#atHand.values());
    await runner?.giveBackAllBut([...this.#atHand.keys()]);
  }

  /** Stores a job by `store`, and starts on it when that accepted it. Returns what `store` returned. */
  async accept<J extends NewBatchJob, R>(
    job: J,
    store: (job: J) => Promise<R | AcceptedJob>,
  ): Promise<R | AcceptedJob> {
    const runner = this.#runner;
    if (!runner || this.#atHand.size >= runner.jobsAtOnce) return store(job);
    const { trackingId } = job;
    this.#atHand.set(trackingId, undefined);
    try {
      const storing = store({ ...job, heldBy: runner.holderId });
      // After the store's statement has gone out: looking at the job takes time of its own.
      const run = runner.prepare(job);
      const stored = await storing;
      if (isAccepted(stored))
        this.#atHand.set(
          trackingId,
          this.#run(runner, trackingId, () => run(stored)),
        );
      return stored;
    } finally {
      // Whether a job was stored whose statement broke, nobody knows: if so, it is given back.
      if (this.#atHand.get(trackingId) === undefined) this.#atHand.delete(trackingId);
    }
  }

  /** Resolves when a job that this node is at work on has ended, or after so many milliseconds; undefined: it is not. */
  untilEnd(trackingId: string, waitMs: number): Promise<void> | undefined {
    const run = this.#atHand.get(trackingId);
    if (!run) return undefined;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, waitMs);
    void run.finally(() => {
      clearTimeout(timer);
      resolve();
    });
    return promise;
  }

  /** Gives back what this node holds in the queue and is not at work on: jobs it failed at. */
  async giveBack(): Promise<void> {
    await this.#runner?.giveBackAllBut([...this.#atHand.keys()]);
  }

  /** Starts at once: the first step is on its way to the database before the answer to the upload is written. */
  async #run(runner: OwnJobsRunner, trackingId: string, run: () => Promise<boolean>): Promise<void> {
    const isDone = await (this.#runner === runner ? run() : false);
    this.#atHand.delete(trackingId);
    if (!isDone) await runner.giveBackAllBut([...this.#atHand.keys()]);
  }
}

function isAccepted(stored: unknown): stored is AcceptedJob {
  return typeof stored === 'object' && stored !== null && 'deviceBatchId' in stored;
}
