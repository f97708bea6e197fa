import { readFile } from 'node:fs/promises';

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
