import { interleave, type Bench } from '../bench.ts';
import { startMuster } from '../machine/muster-service.ts';
import { startProgram } from '../machine/program.ts';
import { toRow, type Row } from '../row.ts';
import { prepareUploads, sendToLimit, sendToMuster } from './uploads.ts';

/** P2: devices accepted a second, by a node that only serves the API, so that no job runs beside it. */
export async function measureUploads(bench: Bench): Promise<Row[]> {
  const { rounds, uploadCalls: calls, devicesPerCall } = bench.scale;
  const postgres = await bench.postgres();
  const service = await startMuster({
    directory: await bench.newDirectory('p2'),
    databaseUrl: await postgres.createDatabase('p2'),
    settings: { MUSTER_ROLE: 'api' },
  });
  const limit = await startProgram('limits/raw-insert.ts');
  const load = await startProgram('load/upload-load.ts');
  const runs = { ours: [] as number[], limit: [] as number[] };
  const rate = ({ ms }: { ms: number }): number => ((calls * devicesPerCall) / ms) * 1000;
  try {
    const limitPort = await limit.ask<number>({ databaseUrl: await postgres.createDatabase('p2_limit') });
    // The first round warms both sides up.
    await interleave(rounds + 1, [
      async (round) => {
        await prepareUploads(load, { seed: `p2-${round}`, calls, devicesPerCall, batches: 'own' });
        await postgres.checkpoint();
        const sent = rate(await sendToMuster(bench, load, service));
        if (round > 0) runs.ours.push(sent);
      },
      async (round) => {
        await postgres.checkpoint();
        const sent = rate(await sendToLimit(bench, load, limitPort));
        if (round > 0) runs.limit.push(sent);
      },
    ]);
  } finally {
    await load.stop();
    await limit.stop();
    await service.stop();
  }
  const name = `calls of ${devicesPerCall} devices`;
  return [
    toRow({ measure: 'P2', case: name, ...runs, unit: 'devices/s', goal: 'ratio at least', reach: 0.5 }),
  ];
}
