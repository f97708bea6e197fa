import { interleave, type Bench } from '../bench.ts';
import { startProgram } from '../machine/program.ts';
import { toRow, type Row } from '../row.ts';
import { prepareSizes, type SizedDatabase } from './sized-database.ts';
import { startMuster } from '../machine/muster-service.ts';
import { clientHeaders, rawGet } from '../machine/exchange.ts';
import { readForAWhile } from './status-reads.ts';
import { prepareUploads, sendToMuster } from './uploads.ts';
import { runQueuedJobs } from './registration.ts';

/** Each case's cost per request or device, one value a run. */
type Costs = Map<string, { unit: string; reach: number; runs: Record<'full' | 'empty', number[]> }>;

/** P5: reading, uploading and registering with a large database, against an almost empty one. */
export async function measureSize(bench: Bench): Promise<Row[]> {
  const [empty, full] = await prepareSizes(bench);
  const costs: Costs = new Map();
  await measureReads(bench, [full, empty], costs);
  await measureWrites(bench, [full, empty], costs);
  return [...costs].map(([name, { unit, reach, runs }]) =>
    toRow({
      measure: 'P5',
      case: name,
      ours: runs.full,
      limit: runs.empty,
      unit,
      goal: 'ratio at most',
      reach,
    }),
  );
}

function record(
  costs: Costs,
  side: SizedDatabase,
  one: { name: string; unit: string; reach: number; cost: number },
): void {
  const { name, unit, reach, cost } = one;
  const known = costs.get(name) ?? { unit, reach, runs: { full: [], empty: [] } };
  known.runs[side.size].push(cost);
  costs.set(name, known);
}

/** Which statuses are read, and how the services are set for it. */
interface Reads {
  readonly paths: string;
  readonly name: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Each kind of read by services of its own: what one remembers, the other has not. */
async function measureReads(bench: Bench, sides: readonly SizedDatabase[], costs: Costs): Promise<void> {
  const large = `${bench.scale.devicesPerCall} devices`;
  const remembersNothing = { MUSTER_STATUS_CACHE_BYTES: '1' };
  for (const reads of [
    { paths: '1 device', name: 'status of 1 device' },
    { paths: large, name: `status of ${large}` },
    { paths: 'any job', name: 'status of any job, not remembered', settings: remembersNothing },
  ])
    await measureRead(bench, { sides, reads }, costs);
}

/** The database is what differs, so nothing is measured through a process that has answered for the other side. */
async function measureRead(
  bench: Bench,
  { sides, reads }: { sides: readonly SizedDatabase[]; reads: Reads },
  costs: Costs,
): Promise<void> {
  const load = [await startProgram('load/read-load.ts'), await startProgram('load/read-load.ts')];
  const services = await Promise.all(
    sides.map(async (side) =>
      startMuster({
        ...side,
        directory: await bench.newDirectory(`${side.name}-read`),
        ...(reads.settings && { settings: reads.settings }),
      }),
    ),
  );
  try {
    await interleave(
      bench.scale.rounds,
      sides.map((side, index) => async () => {
        const service = services[index];
        if (!service) throw new Error('Each side has a service.');
        const headers = clientHeaders(await service.token());
        const requests = (side.paths[reads.paths] ?? []).map((path) => rawGet(service.port, path, headers));
        const rate = await readForAWhile(bench, load, { port: service.port, requests });
        record(costs, side, { name: reads.name, unit: 'us/request', reach: 1.2, cost: 1e6 / rate });
      }),
    );
  } finally {
    for (const program of load) await program.stop();
    for (const service of services) await service.stop();
  }
}

/** Uploads to a node that only serves the API, then registers what was queued by one that only runs jobs. */
async function measureWrites(bench: Bench, sides: readonly SizedDatabase[], costs: Costs): Promise<void> {
  const { loadedCalls: calls, devicesPerCall, rounds } = bench.scale;
  const devices = calls * devicesPerCall;
  const postgres = await bench.postgres();
  const load = await startProgram('load/upload-load.ts');
  const side = (one: SizedDatabase) => async (round: number) => {
    const name = `${one.name}-${round}`;
    const directory = await bench.newDirectory(name);
    const service = await startMuster({ ...one, directory, settings: { MUSTER_ROLE: 'api' } });
    await prepareUploads(load, { seed: name, calls, devicesPerCall, batches: 'own' });
    await postgres.checkpoint();
    const { ms } = await sendToMuster(bench, load, service).finally(() => service.stop());
    record(costs, one, { name: 'upload', unit: 'us/device', reach: 1.5, cost: (ms * 1000) / devices });
    await postgres.checkpoint();
    const seconds = await runQueuedJobs(bench, { ...one, name, workers: 1 });
    record(costs, one, {
      name: 'registration',
      unit: 'us/device',
      reach: 1.5,
      cost: (seconds * 1e6) / devices,
    });
  };
  try {
    await interleave(rounds, sides.map(side));
  } finally {
    await load.stop();
  }
}
