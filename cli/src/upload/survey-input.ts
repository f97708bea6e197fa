import { createHash } from 'node:crypto';
import { CliError } from '../cli-error.ts';
import type { DeviceRow, ReadNotice } from '@muster/device-files/device-row';
import { columnKeys } from '@muster/device-files/recognise-column';
import { readDevices, type DeviceFile } from '@muster/device-files/read-devices';

/** Rows that cannot be sent, kept for the message; the rest are only counted. */
const problemsKept = 10;

/** What is known of the input before anything is sent. */
export interface InputSurvey {
  readonly count: number;
  /** SHA-256 over the bytes of all files: the same input has the same digest wherever it lies. */
  readonly digest: string;
  /** The columns of all files, in the order first seen; those that mean the same under one name. */
  readonly columns: readonly string[];
  readonly problemCount: number;
  readonly problems: readonly DeviceRow[];
  readonly notices: readonly ReadNotice[];
}

/**
 * Reads the input once to its end, so that nothing is uploaded from a file that turns out to be broken, and the
 * progress has a total. Throws when a file cannot be read as a whole, or holds no devices.
 */
export async function surveyInput(
  files: readonly DeviceFile[],
  interruption: AbortSignal,
): Promise<InputSurvey> {
  const digest = createHash('sha256');
  const columns = new Map<string, string>();
  const notices: ReadNotice[] = [];
  const problems: DeviceRow[] = [];
  let problemCount = 0;
  let count = 0;
  let seen: readonly string[] | undefined;
  const watched = {
    onBytes: (bytes: Uint8Array) => void digest.update(bytes),
    onNotice: (notice: ReadNotice) => void notices.push(notice),
  };
  for await (const row of readDevices(files, watched)) {
    interruption.throwIfAborted();
    count += 1;
    if (row.columns !== seen) {
      seen = row.columns;
      for (const [at, key] of columnKeys(seen).entries())
        if (!columns.has(key)) columns.set(key, seen[at] ?? '');
    }
    if (row.problem) {
      problemCount += 1;
      if (problems.length < problemsKept) problems.push(row);
    }
  }
  if (count === 0)
    throw new CliError('fileWithoutDevices', { file: files.map(({ name }) => name).join(', ') });
  columns.delete('');
  return {
    count,
    digest: digest.digest('hex'),
    columns: [...columns.values()],
    problemCount,
    problems,
    notices,
  };
}
