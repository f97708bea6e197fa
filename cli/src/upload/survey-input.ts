import { createHash } from 'node:crypto';
import { checkRow, nameStop, trustHash, type Finding, type StopName } from '@muster/device-files/check-row';
import type { DeviceRow, ReadNotice } from '@muster/device-files/device-row';
import { DuplicateFinder, RowSet } from '@muster/device-files/find-duplicates';
import { readDevices, type DeviceFile, type ReadOptions } from '@muster/device-files/read-devices';
import { columnKeys, type GivenColumns } from '@muster/device-files/recognise-column';
import { CliError } from '../cli-error.ts';

/** How the input is to be read. */
export interface InputOptions {
  readonly columns?: GivenColumns | undefined;
  /** Replaces values that differ from the hardware hash by those in the hash. */
  readonly isHashTrusted?: boolean | undefined;
  /** The findings that do not stop the upload. */
  readonly allowed?: readonly StopName[] | undefined;
}

/** A finding and the row it is about. */
export interface PlacedFinding extends Finding {
  readonly file: string;
  readonly line: number;
}

/** How many rows. Each counts once, by the worst that was found. */
export interface RowCounts {
  readonly devices: number;
  /** Would fail, or cannot be sent. */
  readonly errors: number;
  readonly warnings: number;
}

/** What is known of the input before anything is sent. */
export interface InputSurvey {
  readonly counts: RowCounts;
  /** SHA-256 over the bytes of all files and the options: the same upload has the same digest wherever the files lie. */
  readonly digest: string;
  /** The columns of all files, in the order first seen; those that mean the same under one name. */
  readonly columns: readonly string[];
  readonly notices: readonly ReadNotice[];
  /** How many rows cannot be sent: then nothing of the input is. */
  readonly refusedCount: number;
  /** How many rows each kind of finding stops the upload for. */
  readonly stops: ReadonlyMap<StopName, number>;
  /**
   * The rows not to send, because they are the same machine as an earlier one: the service finds those within a call by
   * itself, so there are none where one call takes the whole input.
   */
  readonly duplicates: RowSet;
}

/** What is put into a call at most. */
export const callLimits = { devicesPerCall: 1_000, bytesPerCall: 1_000_000 };

/** Room for the names of a device's members, which the bytes of a file do not hold. */
const namesBytes = 250;

/** The rows of the input, in order. */
export async function* readRows(
  files: readonly DeviceFile[],
  { columns, isHashTrusted }: InputOptions = {},
  watch: ReadOptions = {},
): AsyncGenerator<DeviceRow> {
  for await (const row of readDevices(files, { columns, ...watch }))
    yield isHashTrusted ? { ...row, device: trustHash(row.device) } : row;
}

/**
 * Reads the input once to its end and checks each row, so that nothing is uploaded from a file that turns out to be
 * wrong, and the progress has a total. Throws when a file cannot be read as a whole, or holds no devices.
 * `onFinding` is called for each finding, in the order of the rows.
 */
export async function surveyInput(
  files: readonly DeviceFile[],
  interruption: AbortSignal,
  options: InputOptions = {},
  onFinding: (finding: PlacedFinding) => Promise<void> | void = () => {},
): Promise<InputSurvey> {
  const digest = createHash('sha256');
  const columns = new Map<string, string>();
  const notices: ReadNotice[] = [];
  const duplicates = new DuplicateFinder(files.length > 1);
  const tally = new FindingTally(options.allowed);
  let byteCount = 0;
  let seen: readonly string[] | undefined;
  const watch = {
    onBytes: (bytes: Uint8Array) => {
      byteCount += bytes.length;
      digest.update(bytes);
    },
    onNotice: (notice: ReadNotice) => void notices.push(notice),
  };
  for await (const row of readRows(files, options, watch)) {
    interruption.throwIfAborted();
    if (row.columns !== seen) {
      seen = row.columns;
      for (const [at, key] of columnKeys(seen).entries())
        if (!columns.has(key)) columns.set(key, seen[at] ?? '');
    }
    const { findings, keys } = checkRow(row);
    const duplicate = duplicates.add(row, keys);
    const all = duplicate ? [...findings, duplicate] : findings;
    tally.addRow(all);
    const { file, line } = row;
    for (const finding of all) await onFinding({ ...finding, file, line });
  }
  if (tally.counts.devices === 0)
    throw new CliError('fileWithoutDevices', { file: files.map(({ name }) => name).join(', ') });
  if (options.columns) digest.update(JSON.stringify([...options.columns]));
  if (options.isHashTrusted) digest.update('hash');
  columns.delete('');
  const { devices } = tally.counts;
  const { devicesPerCall, bytesPerCall } = callLimits;
  const isOneCall = devices <= devicesPerCall && byteCount + devices * namesBytes <= bytesPerCall;
  return {
    ...tally,
    digest: digest.digest('hex'),
    columns: [...columns.values()],
    notices,
    duplicates: isOneCall ? new RowSet() : duplicates.rows,
  };
}

class FindingTally {
  readonly counts = { devices: 0, errors: 0, warnings: 0 };
  refusedCount = 0;
  readonly stops = new Map<StopName, number>();
  readonly #allowed: readonly StopName[];

  constructor(allowed: readonly StopName[] = []) {
    this.#allowed = allowed;
  }

  addRow(findings: readonly Finding[]): void {
    this.counts.devices += 1;
    if (findings.some(({ severity }) => severity === 'error')) this.counts.errors += 1;
    else if (findings.length > 0) this.counts.warnings += 1;
    if (findings.some(({ effect }) => effect === 'refuses')) this.refusedCount += 1;
    const names = findings.map(({ key }) => nameStop(key));
    for (const name of new Set(names))
      if (name !== undefined && !this.#allowed.includes(name))
        this.stops.set(name, (this.stops.get(name) ?? 0) + 1);
  }
}
