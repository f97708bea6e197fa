import type { Log } from '../log.ts';

/** Does the work of a batch job, and tells the log how long it took. */
export async function timedJob<T>(log: Log, trackingId: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  const ms = Math.round(performance.now() - started);
  log.info({ job: 'process_batch_job', trackingId, ms }, 'job done');
  return result;
}
