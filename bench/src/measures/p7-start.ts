import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { interleave, type Bench } from '../bench.ts';
import {
  end,
  freePort,
  readCredentials,
  requestToken,
  serviceMain,
  waitUntilReady,
} from '../machine/muster-service.ts';
import { toRow, type Row } from '../row.ts';

const postgresAlone = fileURLToPath(new URL('../limits/postgres-alone.ts', import.meta.url));

/** How often a starting service is asked whether it is ready. */
const pollMs = 2;

/**
 * P7: from the start of the service's process, on its embedded PostgreSQL, to its first 200 of /health/ready and then of a
 * token request. `first`: on a new data directory; `warm`: on one that was used. The limit is a process that starts
 * the same PostgreSQL and asks it one thing.
 */
export async function measureStart(bench: Bench): Promise<Row[]> {
  const times = { first: newTimes(), warm: newTimes() };
  await interleave(bench.scale.startRounds, [
    async (round) => {
      const directory = await bench.newDirectory(`p7-${round}`);
      await timeService(directory, times.first);
      await timeService(directory, times.warm);
    },
    async (round) => {
      const directory = await bench.newDirectory(`p7-limit-${round}`);
      times.first.postgres.push(await timePostgres(directory));
      times.warm.postgres.push(await timePostgres(directory));
    },
  ]);
  const first = { limit: times.first.postgres, reach: 3 };
  const warm = { limit: times.warm.postgres, reach: 1 };
  return [
    toStartRow('warm', times.warm.ready, warm),
    toStartRow('warm, first token', times.warm.token, warm),
    toStartRow('first', times.first.ready, first),
    toStartRow('first, first token', times.first.token, first),
  ];
}

function toStartRow(
  name: string,
  ours: readonly number[],
  { limit, reach }: { limit: readonly number[]; reach: number },
): Row {
  return toRow({ measure: 'P7', case: name, ours, limit, unit: 's', goal: 'ours at most', reach });
}

interface Times {
  readonly ready: number[];
  readonly token: number[];
  readonly postgres: number[];
}

function newTimes(): Times {
  return { ready: [], token: [], postgres: [] };
}

async function timeService(directory: string, times: Times): Promise<void> {
  const port = await freePort();
  const start = performance.now();
  const child = spawn(process.execPath, [serviceMain, '--port', String(port), '--data-dir', directory], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await waitUntilReady(child, port, pollMs);
  times.ready.push((performance.now() - start) / 1000);
  const credentials = await readCredentials(directory);
  await requestToken(`http://127.0.0.1:${port}`, credentials);
  times.token.push((performance.now() - start) / 1000);
  await end(child);
}

async function timePostgres(directory: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [postgresAlone, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const seconds = (performance.now() - start) / 1000;
  await end(child);
  return seconds;
}
