import { EventEmitter } from 'node:events';
import { Logger, run, type WorkerEvents } from 'graphile-worker';
import type { Context } from '../context.ts';
import { replayMs } from '../operations/call.ts';
import { deleteReplaysBefore } from '../store/idempotent-requests.ts';
import { releaseJobsOfDeadPools } from '../store/worker-locks.ts';
import { makePatient } from './patient-pool.ts';
import { abandonBatchJob, processBatchJob } from './process-batch-job.ts';
import { holdWorkerLocks } from './worker-lock.ts';
import type { Log } from '../log.ts';

/** How often jobs of workers that died are looked for. */
const deadWorkersEveryMs = 5000;

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
  const lock = holdWorkerLocks(ctx.db, events, log);
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
  const watch = watchForDeadWorkers(ctx, log);
  return {
    async stop() {
      clearInterval(watch);
      patient.giveUp();
      await runner.stop();
      lock.release();
    },
  };
}

async function runBatchJob(
  ctx: Context,
  log: Log,
  { payload, job }: { payload: unknown; job: { attempts: number; max_attempts: number } },
): Promise<void> {
  const { trackingId } = payload as { trackingId: string };
  const started = performance.now();
  try {
    await processBatchJob(ctx, trackingId);
    log.info(
      { job: 'process_batch_job', trackingId, ms: Math.round(performance.now() - started) },
      'job done',
    );
  } catch (error) {
    log.error({ job: 'process_batch_job', trackingId, attempt: job.attempts, err: error }, 'job failed');
    if (job.attempts < job.max_attempts) throw error;
    await abandonBatchJob(ctx, trackingId);
  }
}

function watchForDeadWorkers(ctx: Context, log: Log): NodeJS.Timeout {
  const timer = setInterval(() => {
    releaseJobsOfDeadPools(ctx.db).catch((error: unknown) =>
      log.warn({ err: error }, 'could not look for dead workers'),
    );
  }, deadWorkersEveryMs);
  return timer.unref();
}
