import type { Bench } from '../bench.ts';
import type { ReadOrder, ReadResult } from '../load/read-load.ts';
import type { Program } from '../machine/program.ts';

/** One server to read from. */
export interface ReadTarget {
  readonly port: number;
  readonly requests: readonly string[];
}

/** Reads for a while and gives requests per second. Says so when the load is what was measured. */
export async function readForAWhile(
  bench: Bench,
  load: readonly Program[],
  target: ReadTarget,
): Promise<number> {
  const { readConnections, readMs, readWarmUpMs } = bench.scale;
  const order: ReadOrder = {
    ...target,
    connections: Math.ceil(readConnections / load.length),
    warmUpMs: readWarmUpMs,
    ms: readMs,
  };
  const results = await Promise.all(load.map((program) => program.ask<ReadResult>(order)));
  if (results.some((result) => result.busy > 0.95)) bench.say('  the load itself was at its limit');
  return results.reduce((sum, result) => sum + result.requestsPerSecond, 0);
}
