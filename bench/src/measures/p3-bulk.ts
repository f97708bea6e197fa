import { interleave, type Bench } from '../bench.ts';
import { withClient } from '../machine/bench-postgres.ts';
import { startMuster } from '../machine/muster-service.ts';
import { startProgram, type Program } from '../machine/program.ts';
import { toRow, type Row } from '../row.ts';
import { prepareUploads, sendToLimit, sendToMuster, waitForJobs } from './uploads.ts';

/** P3: many devices of one batch, from the first POST to the end of the last job, API and worker in one process. */
export async function measureBulk(bench: Bench): Promise<Row[]> {
  const { rounds, bulkCalls, devicesPerCall } = bench.scale;
  const load = await startProgram('load/upload-load.ts');
  const devices = bulkCalls * devicesPerCall;
  const runs = { ours: [] as number[], limit: [] as number[] };
  try {
    await interleave(rounds, [
      async (round) => void runs.ours.push(devices / (await runOurs(bench, load, `p3_${round}`)).seconds),
      async (round) => void runs.limit.push(devices / (await runLimit(bench, load, `p3_limit_${round}`))),
    ]);
  } finally {
    await load.stop();
  }
  return [
    toRow({
      measure: 'P3',
      case: `${devices} devices`,
      ...runs,
      unit: 'devices/s',
      goal: 'ratio at least',
      reach: 0.5,
    }),
  ];
}

/** What a run of the service gave; `inspect` looks at its process before and after. */
export interface BulkRun<Seen> {
  readonly seconds: number;
  readonly before: Seen;
  readonly after: Seen;
}

/** One run on a new service and a new database. */
export async function runOurs<Seen = undefined>(
  bench: Bench,
  load: Program,
  name: string,
  inspect?: (pid: number) => Promise<Seen>,
): Promise<BulkRun<Seen>> {
  const postgres = await bench.postgres();
  const databaseUrl = await postgres.createDatabase(name);
  const service = await startMuster({ directory: await bench.newDirectory(name), databaseUrl });
  const look = async (): Promise<Seen> => inspect?.(service.pid) as Promise<Seen>;
  try {
    await prepareBulk(bench, load, name);
    await postgres.checkpoint();
    const before = await look();
    const { startedAt } = await sendToMuster(bench, load, service);
    const endedAt = await withClient(databaseUrl, waitForJobs);
    return { seconds: (endedAt - startedAt) / 1000, before, after: await look() };
  } finally {
    await service.stop();
    await postgres.dropDatabase(name);
  }
}

/** Seconds of one run of the limit. */
async function runLimit(bench: Bench, load: Program, name: string): Promise<number> {
  const postgres = await bench.postgres();
  const limit = await startProgram('limits/raw-registration.ts');
  try {
    const port = await limit.ask<number>({
      kind: 'listen',
      databaseUrl: await postgres.createDatabase(name),
    });
    await prepareBulk(bench, load, name);
    await postgres.checkpoint();
    const { startedAt } = await sendToLimit(bench, load, port);
    await limit.ask({ kind: 'settle' });
    return (Date.now() - startedAt) / 1000;
  } finally {
    await limit.stop();
    await postgres.dropDatabase(name);
  }
}

function prepareBulk(bench: Bench, load: Program, seed: string): Promise<void> {
  const { bulkCalls: calls, devicesPerCall } = bench.scale;
  return prepareUploads(load, { seed, calls, devicesPerCall, batches: 'one' });
}
