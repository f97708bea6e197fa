import type { Bench } from '../bench.ts';
import type { ReadOrder, ReadResult } from '../load/read-load.ts';
import type { Program } from '../machine/program.ts';
import { uploadDevices } from '../load/upload-body.ts';
import { withClient } from '../machine/bench-postgres.ts';
import { clientHeaders, exchange, requireStatus } from '../machine/exchange.ts';
import type { MusterService } from '../machine/muster-service.ts';
import { waitForJobs } from './uploads.ts';

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

/** Uploads one batch of new devices, waits until its job is finished, and gives the path of its status. */
export async function finishJob(
  service: MusterService,
  databaseUrl: string,
  upload: { seed: string; devices: number },
): Promise<string> {
  const { 'MS-RequestId': _, ...headers } = clientHeaders(await service.token());
  const accepted = await exchange(
    {
      port: service.port,
      method: 'POST',
      path: `/v1/customers/${service.credentials.customerId}/deviceBatches`,
      headers: { ...headers, 'Content-Type': 'application/json' },
    },
    JSON.stringify({ batchId: upload.seed, devices: uploadDevices(upload.seed, upload.devices) }),
  );
  await withClient(databaseUrl, waitForJobs);
  return `/v1${requireStatus(accepted, 202).location}`;
}
