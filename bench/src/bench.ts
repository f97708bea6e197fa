import { startBenchPostgres, type BenchPostgres } from './machine/bench-postgres.ts';
import type { Row } from './row.ts';
import type { Scale } from './scale.ts';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What every measure works with. */
export interface Bench {
  readonly scale: Scale;
  /** The one PostgreSQL that ours and the limits run on. Started at first use. */
  postgres(): Promise<BenchPostgres>;
  /** A new, empty folder of this run; removed at its end. */
  newDirectory(name: string): Promise<string>;
  /** Tells people what is going on, on standard error. */
  say(message: string): void;
}

/** One row of the table of issue E: measures every case of it. A case that cannot be measured is said, not made up. */
export type Measure = (bench: Bench) => Promise<Row[]>;

/** Runs one side after the other, over and over, so that what changes on the machine hits both: A B A B. */
export async function interleave(
  rounds: number,
  sides: readonly ((round: number) => Promise<void>)[],
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    for (const side of sides) await side(round);
  }
}

/** A run of the benchmark: everything it makes is in one temporary folder, gone after `close`. */
export async function openBench(scale: Scale): Promise<Bench & { close(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'muster-bench-'));
  let postgres: Promise<BenchPostgres> | undefined;
  let directories = 0;
  return {
    scale,
    postgres: () => (postgres ??= startBenchPostgres(join(directory, 'postgres'))),
    async newDirectory(name) {
      const path = join(directory, `${directories++}-${name}`);
      await mkdir(path, { mode: 0o700 });
      return path;
    },
    say: (message) => void process.stderr.write(`${message}\n`),
    async close() {
      await (await postgres)?.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
