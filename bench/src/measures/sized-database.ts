import { statfs } from 'node:fs/promises';
import type { Bench } from '../bench.ts';
import { fillDatabase } from '../fill/fill-database.ts';
import type { Filling } from '../fill/fill-statements.ts';
import { startMuster, type Credentials } from '../machine/muster-service.ts';
import { finishJob } from './status-reads.ts';
import { hash } from 'node:crypto';
import { formatGuid } from '../../../contract/src/guid.ts';

/** A database of some size, and what to read from it. */
export interface SizedDatabase {
  readonly size: 'full' | 'empty';
  readonly name: string;
  readonly databaseUrl: string;
  readonly credentials: Credentials;
  /** Paths of statuses, by the name of the case. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
}

/** How many different jobs are read where any job is. */
const jobsRead = 10_000;

/** "Empty" has this much, so that the same reads exist on both sides. */
const emptySize = { devices: 10_000, jobs: 100 };

/** Measured: 10,000,000 devices and 100,000 jobs take 14 GB, and as much again while indexes are built. */
const bytesPerDevice = 3000;

export async function prepareSizes(bench: Bench): Promise<[SizedDatabase, SizedDatabase]> {
  const { loadedDevices: devices, loadedJobs: jobs } = bench.scale;
  const disk = await statfs(await bench.newDirectory('p5'));
  if (disk.bavail * disk.bsize < devices * bytesPerDevice)
    throw new Error(
      `P5 needs ${(devices * bytesPerDevice) / 1e9} GB of free disk where temporary folders are.`,
    );
  return [await prepare(bench, 'empty', emptySize), await prepare(bench, 'full', { devices, jobs })];
}

async function prepare(
  bench: Bench,
  size: 'full' | 'empty',
  { devices, jobs }: { devices: number; jobs: number },
): Promise<SizedDatabase> {
  const name = `p5_${size}`;
  const databaseUrl = await (await bench.postgres()).createDatabase(name);
  const directory = await bench.newDirectory(name);
  const service = await startMuster({ directory, databaseUrl });
  try {
    const { credentials } = service;
    const filling: Filling = {
      partnerId: credentials.tenantId,
      devices,
      jobs,
      customers: Math.ceil(jobs / 100),
    };
    const start = performance.now();
    await fillDatabase(databaseUrl, filling);
    bench.say(`  filled with ${devices} devices in ${Math.round((performance.now() - start) / 1000)} s`);
    const { devicesPerCall } = bench.scale;
    const paths = {
      '1 device': [await finishJob(service, databaseUrl, { seed: 'small', devices: 1 })],
      [`${devicesPerCall} devices`]: [
        await finishJob(service, databaseUrl, { seed: 'large', devices: devicesPerCall }),
      ],
      'any job': filledJobPaths(filling, jobsRead),
    };
    return { size, name, databaseUrl, credentials, paths };
  } finally {
    await service.stop();
  }
}

/** Paths of the statuses of filled jobs, evenly spread over all of them, as `fill-statements.ts` names them. */
export function filledJobPaths({ jobs, customers }: Filling, count: number): string[] {
  const step = Math.max(1, Math.floor(jobs / count));
  return Array.from({ length: Math.min(count, jobs) }, (_, index) => {
    const job = index * step;
    const customerId = digestGuid(`customer${job % customers}`);
    return `/v1/customers/${customerId}/batchJobStatus/${digestGuid(`job${job}`)}`;
  });
}

/** What `md5(text)::uuid` is in SQL. */
function digestGuid(text: string): string {
  return formatGuid(hash('md5', text));
}
