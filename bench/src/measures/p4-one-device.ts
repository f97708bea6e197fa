import { interleave, type Bench } from '../bench.ts';
import type { LatencyOrder } from '../load/latency-load.ts';
import type { CommitOrder } from '../limits/two-commits.ts';
import { clientHeaders } from '../machine/exchange.ts';
import { startMuster } from '../machine/muster-service.ts';
import { startProgram } from '../machine/program.ts';
import { percentile, toRow, type Row } from '../row.ts';

/** P4: one device, from POST to a status of `finished`, against two fsynced commits and one notify round trip. */
export async function measureOneDevice(bench: Bench): Promise<Row[]> {
  const { rounds, latencySamples: samples } = bench.scale;
  const postgres = await bench.postgres();
  const databaseUrl = await postgres.createDatabase('p4_limit');
  // What earlier measures left to write would be written meanwhile.
  await postgres.checkpoint();
  const service = await startMuster({
    directory: await bench.newDirectory('p4'),
    databaseUrl: await postgres.createDatabase('p4'),
  });
  const { port, credentials } = service;
  const load = await startProgram('load/latency-load.ts');
  const limit = await startProgram('limits/two-commits.ts');
  const runs = { ours: [] as number[][], limit: [] as number[][] };
  try {
    const headers = clientHeaders(await service.token());
    // The first round warms both sides up.
    await interleave(rounds + 1, [
      async (round) => {
        const order: LatencyOrder = {
          port,
          headers,
          customerId: credentials.customerId,
          seed: `p4-${round}`,
          samples,
        };
        const times = await load.ask<number[]>(order);
        if (round > 0) runs.ours.push(times);
      },
      async (round) => {
        const times = await limit.ask<number[]>({ databaseUrl, samples } satisfies CommitOrder);
        if (round > 0) runs.limit.push(times);
      },
    ]);
  } finally {
    await load.stop();
    await limit.stop();
    await service.stop();
  }
  return [
    { case: 'p50', share: 0.5, reach: 3 },
    { case: 'p99', share: 0.99, reach: 10 },
  ].map(({ case: name, share, reach }) =>
    toRow({
      measure: 'P4',
      case: name,
      ours: runs.ours.map((times) => percentile(times, share)),
      limit: runs.limit.map((times) => percentile(times, share)),
      unit: 'ms',
      goal: 'ratio at most',
      reach,
    }),
  );
}
