import { setTimeout } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { startProgram } from '../machine/program.ts';
import { toRow, type Row } from '../row.ts';
import { runOurs } from './p3-bulk.ts';
import { readFile } from 'node:fs/promises';

/** A process that just started still has what starting took. */
const settleMs = 1000;
const mebibyte = 1024 * 1024;

/** P6: the most memory the service's process ever held over P3, PostgreSQL apart, beside what it holds when idle. */
export async function measureMemory(bench: Bench): Promise<Row[]> {
  const load = await startProgram('load/upload-load.ts');
  try {
    const { before, after } = await runOurs(bench, load, 'p6', async (pid) => {
      await setTimeout(settleMs);
      return processMemory(pid);
    });
    return [
      toRow({
        measure: 'P6',
        case: 'peak against idle',
        ours: [after.peakBytes / mebibyte],
        limit: [before.nowBytes / mebibyte],
        unit: 'MiB',
        goal: 'ours at most',
        reach: 350,
      }),
    ];
  } finally {
    await load.stop();
  }
}

/** Resident memory of a process, in bytes: now, and at its highest since it started. Linux only. */
export async function processMemory(pid: number): Promise<{ nowBytes: number; peakBytes: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return { nowBytes: readField(status, 'VmRSS'), peakBytes: readField(status, 'VmHWM') };
}

function readField(status: string, name: string): number {
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`/proc tells no ${name}.`);
  return Number(kilobytes) * 1024;
}
