import { interleave, type Bench } from '../bench.ts';
import type { BareAnswer } from '../limits/bare-status.ts';
import { clientHeaders, exchange, rawGet, requireStatus } from '../machine/exchange.ts';
import { startMuster, type MusterService } from '../machine/muster-service.ts';
import { startProgram, type Program } from '../machine/program.ts';
import { startRivals, type Rival } from '../rivals/start-rivals.ts';
import { toRow, type Row } from '../row.ts';
import { finishJob, readForAWhile } from './status-reads.ts';

/** Node adds these to every answer itself, the bare server's too. */
const addedByNode = new Set(['date', 'connection', 'keep-alive']);

/** P1: status reads of a finished job, with a verified token and all headers, beside bare `node:http` and mock servers. */
export async function measureStatusReads(bench: Bench): Promise<Row[]> {
  const databaseUrl = await (await bench.postgres()).createDatabase('p1');
  const service = await startMuster({ directory: await bench.newDirectory('p1'), databaseUrl });
  const load = [await startProgram('load/read-load.ts'), await startProgram('load/read-load.ts')];
  const rivals = bench.scale.hasRivals ? await startRivals(bench) : [];
  const { devicesPerCall } = bench.scale;
  try {
    const small = await finishJob(service, databaseUrl, { seed: 'small', devices: 1 });
    const large = await finishJob(service, databaseUrl, { seed: 'large', devices: devicesPerCall });
    return [
      ...(await measureCase(bench, load, { service, path: small, name: '1 device', rivals })),
      ...(await measureCase(bench, load, {
        service,
        path: large,
        name: `${devicesPerCall} devices`,
        rivals: [],
      })),
    ];
  } finally {
    for (const rival of rivals) await rival.stop();
    for (const program of load) await program.stop();
    await service.stop();
  }
}

interface Case {
  readonly service: MusterService;
  readonly path: string;
  readonly name: string;
  readonly rivals: readonly Rival[];
}

async function measureCase(bench: Bench, load: readonly Program[], one: Case): Promise<Row[]> {
  const headers = clientHeaders(await one.service.token());
  const bare = await startProgram('limits/bare-status.ts');
  const barePort = await bare.ask<number>(await takeAnswer(one, headers));
  const sides = [
    { name: one.name, port: one.service.port, path: one.path, reach: 0 },
    { name: one.name, port: barePort, path: one.path, reach: 0.7 },
    ...one.rivals.map((rival) => ({ ...rival, name: `${one.name}, ${rival.name}` })),
  ].map((side) => ({ ...side, runs: [] as number[] }));
  await interleave(
    bench.scale.rounds,
    sides.map(({ port, path, runs }) => async () => {
      const target = { port, requests: [rawGet(port, path, headers)] };
      runs.push(await readForAWhile(bench, load, target));
    }),
  );
  await bare.stop();
  const [ours, ...limits] = sides;
  return limits.map(({ name, reach, runs }) =>
    toRow({
      measure: 'P1',
      case: name,
      ours: ours?.runs ?? [],
      limit: runs,
      unit: 'requests/s',
      goal: 'ratio at least',
      reach,
    }),
  );
}

/** The service's own answer, for the bare server to repeat. */
async function takeAnswer({ service, path }: Case, headers: Record<string, string>): Promise<BareAnswer> {
  const answer = requireStatus(await exchange({ port: service.port, path, headers }), 200);
  const kept: string[] = [];
  for (let at = 0; at < answer.rawHeaders.length; at += 2) {
    const [name = '', value = ''] = answer.rawHeaders.slice(at, at + 2);
    if (!addedByNode.has(name.toLowerCase())) kept.push(name, value);
  }
  return { headers: kept, body: answer.body };
}
