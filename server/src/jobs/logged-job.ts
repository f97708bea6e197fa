import type { Log } from '../store/log.ts';

/** One try at a batch job; the first is 1. */
interface Attempt {
  readonly trackingId: string;
  readonly attempt: number;
}

/** Does the work of a batch job, and tells the log how long it took, or why it failed: then it throws that on. */
export async function loggedJob<T>(
  log: Log,
  { trackingId, attempt }: Attempt,
  work: () => Promise<T>,
): Promise<T> {
  const job = 'process_batch_job';
  const started = performance.now();
  try {
    const result = await work();
    log.info({ job, trackingId, ms: Math.round(performance.now() - started) }, 'job done');
    return result;
  } catch (error) {
    log.error({ job, trackingId, attempt, err: error }, 'job failed');
    throw error;
  }
}
