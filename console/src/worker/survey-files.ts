import { decodeHardwareHash } from '@muster/contract/hardware-hash/decode-hardware-hash';
import { checkRow, nameStop, trustHash, type Finding } from '@muster/device-files/check-row';
import type { DeviceRow, ReadNotice } from '@muster/device-files/device-row';
import { DuplicateFinder, type RowSet } from '@muster/device-files/find-duplicates';
import { readDevices } from '@muster/device-files/read-devices';
import type { PreviewRow, ReadingOptions, Survey } from './messages.ts';

/** What was found, for the preview and for sending. */
export interface SurveyResult {
  readonly survey: Survey;
  /** The columns of all files, in the order first seen. */
  readonly columns: readonly string[];
  /** Rows of the same machine as an earlier one. */
  readonly duplicates: RowSet;
}

/** The rows of files, in order, as they are to be sent. */
export async function* readRows(
  files: readonly File[],
  { columns, isHashTrusted }: ReadingOptions,
  onNotice: (notice: ReadNotice) => void = () => {},
): AsyncGenerator<DeviceRow> {
  const sources = files.map((file) => ({ name: file.name, open: () => chunksOf(file) }));
  const given = columns.length > 0 ? new Map(columns) : undefined;
  for await (const row of readDevices(sources, { columns: given, onNotice }))
    yield isHashTrusted ? { ...row, device: trustHash(row.device) } : row;
}

/** Not every browser lets a stream be iterated. */
async function* chunksOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

const rowsAtOnce = 500;

/** Reads files to their end and checks each row by the rules the service judges by. Throws a `FileError`. */
export async function surveyFiles(
  files: readonly File[],
  options: ReadingOptions,
  onRows: (rows: readonly PreviewRow[]) => void,
): Promise<SurveyResult> {
  const notices: ReadNotice[] = [];
  const columns = new Set<string>();
  const duplicates = new DuplicateFinder(files.length > 1);
  const counts = { devices: 0, errors: 0, warnings: 0, refused: 0 };
  const stops = new Map<string, number>();
  let waiting: PreviewRow[] = [];
  for await (const row of readRows(files, options, (notice) => void notices.push(notice))) {
    const { findings, keys } = checkRow(row);
    const duplicate = duplicates.add(row, keys);
    const all = duplicate ? [...findings, duplicate] : findings;
    for (const column of row.columns) columns.add(column);
    waiting.push(toPreview(row, counts.devices, all));
    countRow(counts, stops, all);
    if (waiting.length < rowsAtOnce) continue;
    onRows(waiting);
    waiting = [];
  }
  onRows(waiting);
  columns.delete('');
  return {
    survey: { ...counts, stops: [...stops], notices },
    columns: [...columns],
    duplicates: duplicates.rows,
  };
}

type Counts = { devices: number; errors: number; warnings: number; refused: number };

function countRow(counts: Counts, stops: Map<string, number>, findings: readonly Finding[]): void {
  counts.devices += 1;
  if (findings.some(({ severity }) => severity === 'error')) counts.errors += 1;
  else if (findings.length > 0) counts.warnings += 1;
  if (findings.some(({ effect }) => effect === 'refuses')) counts.refused += 1;
  for (const name of new Set(findings.map(({ key }) => nameStop(key))))
    if (name !== undefined) stops.set(name, (stops.get(name) ?? 0) + 1);
}

/** What the row does not say itself is taken from its hash. */
export function toPreview(row: DeviceRow, index: number, findings: readonly Finding[]): PreviewRow {
  const { file, line, device } = row;
  const decoded = device.hardwareHash === undefined ? undefined : decodeHardwareHash(device.hardwareHash);
  const facts = decoded?.usable ? decoded.facts : undefined;
  return {
    index,
    file,
    line,
    serialNumber: device.serialNumber ?? facts?.serialNumber ?? '',
    productKey: device.productKey ?? '',
    manufacturer: device.oemManufacturerName ?? facts?.manufacturer ?? '',
    model: device.modelName ?? facts?.model ?? '',
    hasHash: device.hardwareHash !== undefined,
    findings,
  };
}
