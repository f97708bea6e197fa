import type { ReadNotice } from '../../src/device-row.ts';
import { FileError } from '../../src/file-error.ts';
import { readDevices } from '../../src/read-devices.ts';
import { chunksOf, collect } from './chunks.ts';

export interface Read {
  readonly devices: readonly object[];
  readonly notices: readonly ReadNotice[];
  /** What was found and on which line: a file that is refused, or the rows that refuse it. */
  readonly refusals: readonly (readonly [key: string, line: unknown])[];
}

/** Reads a file; a refusal is what the reader says of it as a whole, or of its rows. */
export async function read(content: string): Promise<Read> {
  return readBytes(new TextEncoder().encode(content));
}

export async function readBytes(content: Uint8Array): Promise<Read> {
  const notices: ReadNotice[] = [];
  const file = { name: 'f', open: () => chunksOf(content, 4096) };
  try {
    const rows = await collect(readDevices([file], { onNotice: (notice) => void notices.push(notice) }));
    const refusals = rows.flatMap(({ line, problem }) => (problem ? [[problem.key, line] as const] : []));
    return { devices: rows.map(({ device }) => device), notices, refusals };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { devices: [], notices, refusals: [[error.key, error.values.line]] };
  }
}
