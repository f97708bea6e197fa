import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Logger, run, type WorkerEvents } from 'graphile-worker';
import type { Context } from '../registry/context.ts';
import { replayMs } from '../registry/call.ts';
import { deleteReplaysBefore } from '../store/registry/idempotent-requests.ts';
import { giveBackJobs, insertTask } from '../store/jobs/queued-jobs.ts';
import { releaseJobsOfDeadPools } from '../store/jobs/worker-locks.ts';
import { loggedJob } from './logged-job.ts';
import { makePatient } from './reconnecting-pool.ts';
import { prepareOwnJob } from './prepare-local-job.ts';
import { abandonBatchJob, processBatchJob } from './process-batch-job.ts';
import { holdWorkerLocks } from './worker-lock.ts';
import type { Log } from '../store/log.ts';

/** How often jobs that nobody is at are looked for. */
const lostJobsEveryMs = 5000;

/** A running set of workers. */
export interface JobRunner {
  /** Finishes the jobs at hand, then stops. */
  stop(): Promise<void>;
}

/** Starts taking batch jobs from the queue. */
export async function startJobRunner(
  ctx: Context,
  options: { jobsAtOnce: number; log: Log },
): Promise<JobRunner> {
  const { log } = options;
  const events: WorkerEvents = new EventEmitter();
  const holderId = `own-${randomUUID()}`;
  const locks = holdWorkerLocks(ctx.db, log);
  locks.add(holderId);
  events.on('pool:create', ({ workerPool }) => locks.add(workerPool.id));
  await releaseJobsOfDeadPools(ctx.db);
  const patient = makePatient(ctx.db.pool);
  const runner = await run({
    pgPool: patient.pool,
    events,
    concurrency: options.jobsAtOnce,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => log.debug({ source: 'queue', level }, message)),
    crontab: '17 * * * * forget_replays',
    taskList: {
      process_batch_job: (payload, helpers) => runBatchJob(ctx, log, { payload, job: helpers.job }),
      forget_replays: () => deleteReplaysBefore(ctx.db, new Date(ctx.now().getTime() - replayMs)),
    },
  });
  await insertTask(ctx.db);
  ctx.ownJobs.open({
    holderId,
    jobsAtOnce: options.jobsAtOnce,
    prepare: (job) => prepareOwnJob(ctx, log, job),
    giveBackAllBut: (trackingIds) =>
      giveBackJobs(ctx.db, holderId, trackingIds).catch((error: unknown) =>
        log.warn({ err: error }, 'could not give jobs back to the queue'),
      ),
  });
  const watch = watchForLostJobs(ctx, log);
  return {
    async stop() {
      clearInterval(watch);
      patient.giveUp();
      await Promise.all([ctx.ownJobs.close(), runner.stop()]);
      locks.release();
    },
  };
}

async function runBatchJob(
  ctx: Context,
  log: Log,
  { payload, job }: { payload: unknown; job: { attempts: number; max_attempts: number } },
): Promise<void> {
  const { trackingId } = payload as { trackingId: string };
  try {
    const { attempts: attempt } = job;
    await loggedJob(log, { trackingId, attempt }, () => processBatchJob(ctx, trackingId));
  } catch (error) {
    if (job.attempts < job.max_attempts) throw error;
    await abandonBatchJob(ctx, trackingId);
  }
}

/** Looks for jobs of workers that died, and for our own that failed. */
function watchForLostJobs(ctx: Context, log: Log): NodeJS.Timeout {
  const timer = setInterval(() => {
    void ctx.ownJobs.giveBack();
    releaseJobsOfDeadPools(ctx.db).catch((error: unknown) =>
      log.warn({ err: error }, 'could not look for dead workers'),
    );
  }, lostJobsEveryMs);
  return timer.unref();
}
