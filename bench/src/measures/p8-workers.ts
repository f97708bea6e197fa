import { interleave, type Bench } from '../bench.ts';
import { startMuster, type Credentials } from '../machine/muster-service.ts';
import { startProgram } from '../machine/program.ts';
import { toRow, type Row } from '../row.ts';
import { runQueuedJobs } from './registration.ts';
import { prepareUploads, sendToMuster } from './uploads.ts';

/** Jobs that add to one batch share its row; jobs of their own batches share nothing. */
const spreads = [
  { batches: 'own', name: 'a batch per job' },
  { batches: 'one', name: 'one batch' },
] as const;

/** P8: registration by several worker processes on one PostgreSQL, against one process. */
export async function measureWorkers(bench: Bench): Promise<Row[]> {
  const rows: Row[] = [];
  for (const spread of spreads) rows.push(...(await measureSpread(bench, spread)));
  return rows;
}

async function measureSpread(bench: Bench, { batches, name }: (typeof spreads)[number]): Promise<Row[]> {
  const { workers, workerJobs, devicesPerCall, rounds } = bench.scale;
  const postgres = await bench.postgres();
  const source = `p8_${batches}`;
  const credentials = await queueJobs(bench, source, batches);
  const sides = workers.map((count) => ({ count, runs: [] as number[] }));
  await interleave(
    rounds,
    sides.map(({ count, runs }) => async (round) => {
      const copy = `${source}_${count}_${round}`;
      const databaseUrl = await postgres.copyDatabase(source, copy);
      await postgres.checkpoint();
      const seconds = await runQueuedJobs(bench, { name: copy, databaseUrl, credentials, workers: count });
      runs.push((workerJobs * devicesPerCall) / seconds);
      await postgres.dropDatabase(copy);
    }),
  );
  await postgres.dropDatabase(source);
  const [one, ...several] = sides;
  return several.map(({ count, runs: ours }) =>
    toRow({
      measure: 'P8',
      case: `${count} workers, ${name}`,
      ours,
      limit: one?.runs ?? [],
      unit: 'devices/s',
      goal: 'ratio at least',
      reach: 1,
    }),
  );
}

/** Fills a database with accepted uploads that nobody works on. */
async function queueJobs(bench: Bench, name: string, batches: 'own' | 'one'): Promise<Credentials> {
  const { workerJobs: calls, devicesPerCall } = bench.scale;
  const databaseUrl = await (await bench.postgres()).createDatabase(name);
  const directory = await bench.newDirectory(name);
  const service = await startMuster({ directory, databaseUrl, settings: { MUSTER_ROLE: 'api' } });
  const load = await startProgram('load/upload-load.ts');
  try {
    await prepareUploads(load, { seed: name, calls, devicesPerCall, batches });
    await sendToMuster(bench, load, service);
    return service.credentials;
  } finally {
    await load.stop();
    await service.stop();
  }
}
