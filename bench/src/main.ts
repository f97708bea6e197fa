// Measures the service next to the smallest program that does the same work: `npm run bench -- --help`. The exit status is 0
// whether or not the figures reach their goals, and 2 for arguments that are not valid.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openBench } from './bench.ts';
import { measures, type MeasureName } from './measures/measure-table.ts';
import { describeMachine, renderRows } from './report.ts';
import type { Row } from './row.ts';
import { fullScale, smokeScale } from './scale.ts';

const names = Object.keys(measures) as MeasureName[];

const help = `Measures the service next to the smallest program that does the same work.

Usage: npm run bench -- [NAME...] [OPTIONS]

Measures (default: all):
  P1  status reads of a finished job
  P2  uploads
  P3  a bulk upload, from the first request to the last device
  P4  one device, from the upload to its result
  P5  a large database
  P6  memory
  P7  start
  P8  several workers
  P9  device lists

Options:
  --smoke      Measure briefly, to see that everything runs
  --rounds N   How often to repeat each measurement
  --json FILE  Also write the results to a file
  -h, --help   Show this help
`;

interface Arguments {
  readonly chosen: readonly MeasureName[];
  readonly json: string | undefined;
  readonly isSmoke: boolean;
  readonly rounds: number | undefined;
}

/** Undefined when help is wanted. Throws an error that says what is not valid. */
function readArguments(): Arguments | undefined {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      smoke: { type: 'boolean' },
      rounds: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return undefined;
  const unknown = positionals.filter((name) => !names.some((known) => known === name.toUpperCase()));
  if (unknown.length > 0)
    throw new Error(`There is no measure ${unknown.join(', ')}. Measures: ${names.join(', ')}.`);
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
    throw new Error('--rounds must be a whole number of 1 or more.');
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
  if (!settings) process.stdout.write(help);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
if (settings) await run(settings);
