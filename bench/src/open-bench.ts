import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { startBenchPostgres, type BenchPostgres } from './machine/bench-postgres.ts';
import type { Scale } from './scale.ts';

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
