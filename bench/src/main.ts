// Measures the service beside the least that could do the same work: `npm run bench -- [NAME ...] [--json FILE]
// [--smoke] [--rounds N]`. The exit status is 0 whatever the figures hold, and 2 for arguments it does not know.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openBench } from './open-bench.ts';
import { measures, type MeasureName } from './measures/measure-table.ts';
import { describeMachine, renderRows } from './report.ts';
import type { Row } from './row.ts';
import { fullScale, smokeScale } from './scale.ts';

const names = Object.keys(measures) as MeasureName[];

interface Arguments {
  readonly chosen: readonly MeasureName[];
  readonly json: string | undefined;
  readonly isSmoke: boolean;
  readonly rounds: number | undefined;
}

function readArguments(): Arguments {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, smoke: { type: 'boolean' }, rounds: { type: 'string' } },
  });
  const unknown = positionals.filter((name) => !names.some((known) => known === name.toUpperCase()));
  if (unknown.length > 0)
    throw new Error(`There is no measure ${unknown.join(', ')}: take ${names.join(', ')}.`);
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
    throw new Error('--rounds takes a number from 1.');
  const wanted = new Set(positionals.map((name) => name.toUpperCase()));
  const chosen = wanted.size === 0 ? names : names.filter((name) => wanted.has(name));
  return { chosen, json: values.json, isSmoke: values.smoke === true, rounds };
}

async function run({ chosen, json, isSmoke, rounds }: Arguments): Promise<void> {
  const scale = isSmoke ? smokeScale : fullScale;
  const bench = await openBench(rounds === undefined ? scale : { ...scale, rounds });
  const rows: Row[] = [];
  try {
    for (const name of chosen) {
      bench.say(name);
      const start = performance.now();
      try {
        rows.push(...(await measures[name](bench)));
      } catch (error) {
        // One measure that cannot run here must not cost the others their figures.
        bench.say(`  not measured: ${error instanceof Error ? error.message : String(error)}`);
      }
      bench.say(`  ${Math.round((performance.now() - start) / 1000)} s`);
    }
  } finally {
    await bench.close();
  }
  process.stdout.write(`${await describeMachine(chosen, { isSmoke })}\n\n${renderRows(rows)}\n`);
  if (json !== undefined) await writeFile(json, `${JSON.stringify(rows, undefined, 2)}\n`);
}

let settings: Arguments | undefined;
try {
  settings = readArguments();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
if (settings) await run(settings);
