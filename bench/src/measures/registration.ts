import { setTimeout } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { withClient } from '../machine/bench-postgres.ts';
import { startMuster, type Credentials, type MusterService } from '../machine/muster-service.ts';
import { waitForJobs } from './uploads.ts';

export interface RegistrationRun {
  readonly name: string;
  readonly databaseUrl: string;
  /** Of whoever queued the jobs. */
  readonly credentials: Credentials;
  readonly workers: number;
}

/**
 * Lets worker processes run the jobs that are queued, and gives the seconds it took. They start while the jobs are locked
 * away from them, so that starting is not measured.
 */
export async function runQueuedJobs(bench: Bench, run: RegistrationRun): Promise<number> {
  const { databaseUrl, credentials } = run;
  const services: MusterService[] = [];
  try {
    const startedAt = await withClient(databaseUrl, async (client) => {
      await client.query('begin; lock table batch_jobs in access exclusive mode');
      for (let worker = 0; worker < run.workers; worker += 1) {
        const directory = await bench.newDirectory(`${run.name}-worker-${worker}`);
        const settings = { MUSTER_ROLE: 'worker' };
        services.push(await startMuster({ directory, databaseUrl, credentials, settings }));
      }
      await waitForWorkers(databaseUrl, run.workers);
      await client.query('commit');
      return Date.now();
    });
    return ((await withClient(databaseUrl, waitForJobs)) - startedAt) / 1000;
  } finally {
    await Promise.all(services.map((service) => service.stop()));
  }
}

/** Until each worker has taken a job and waits for the table. */
async function waitForWorkers(databaseUrl: string, workers: number): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ waiting: number }>(
        `select count(*)::int as waiting from pg_locks where not granted and relation = 'batch_jobs'::regclass`,
      );
      if ((rows[0]?.waiting ?? 0) >= workers) return;
      await setTimeout(10);
    }
  });
}
