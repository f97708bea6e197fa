import { FileError } from './file-error.ts';
import type { DeviceMember, DeviceRow, ReadNotice, RowProblem } from './device-row.ts';
import { findProblem } from './find-problem.ts';
import { isDeviceMember, recogniseColumn } from './recognise-header.ts';
import type { CsvRecord } from './split-records.ts';
import { unwrapHash } from './unwrap-hash.ts';

interface Options {
  readonly file: string;
  readonly onNotice: (notice: ReadNotice) => void;
}

/** Reads the rows under a header. Throws when the header is of no use; reports columns nobody knows. */
export function createRowReader(options: Options, header: CsvRecord): (record: CsvRecord) => DeviceRow {
  const { file } = options;
  const columns = header.cells.map((cell) => cell.trim().replace(/^\uFEFF/, ''));
  const members = columns.map((column) => recogniseColumn(column));
  checkHeader({ file, line: header.line }, columns);
  const ignored = columns.filter((column, at) => column !== '' && ['extra', undefined].includes(members[at]));
  if (ignored.length > 0) options.onNotice({ kind: 'columnsIgnored', file, columns: ignored });

  return ({ line, cells }) => {
    const device: Partial<Record<DeviceMember, string>> = {};
    members.forEach((member, at) => {
      const value = cleanCell(cells[at] ?? '');
      if (isDeviceMember(member) && value !== '') device[member] = value;
    });
    const problem = findSurplus(columns, cells) ?? findProblem(device);
    if (unwrapHash(device)) options.onNotice({ kind: 'hashUnwrapped', file, line });
    return { file, line, device, columns, cells, problem };
  };
}

function isFilled(cell: string): boolean {
  return cell.trim() !== '';
}

/** A cell that belongs to no column: a separator inside a value has most likely shifted the row. */
function findSurplus(columns: readonly string[], cells: readonly string[]): RowProblem | undefined {
  if (cells.slice(columns.length).some(isFilled))
    return { key: 'tooManyCells', values: { cells: cells.length, columns: columns.length } };
  const at = columns.findIndex((column, index) => column === '' && isFilled(cells[index] ?? ''));
  return at < 0 ? undefined : { key: 'cellWithoutColumn', values: { column: at + 1 } };
}

/** Outer white space is no part of a value, nor is the `="..."` that keeps spreadsheets from changing it. */
function cleanCell(cell: string): string {
  const text = cell.trim();
  return /^="(.*)"$/s.exec(text)?.[1]?.trim() ?? text;
}

function checkHeader(at: { file: string; line: number }, columns: readonly string[]): void {
  const { file } = at;
  const found = describe(columns);
  // A known name with another dialect's separator in it: its rows would be read into the wrong columns.
  const mixed = columns.find((column) => recogniseColumn(column) !== undefined && /[;|\t"]/.test(column));
  if (mixed !== undefined) throw new FileError('mixedSeparators', { ...at, found });
  const known = new Map<DeviceMember, string>();
  for (const column of columns) {
    const member = recogniseColumn(column);
    if (!isDeviceMember(member)) continue;
    const first = known.get(member);
    if (first !== undefined) throw new FileError('repeatedColumn', { file, first, second: column, found });
    known.set(member, column);
  }
  if (known.size === 0) throw new FileError('unknownHeader', { file, found });
  const isTuple = known.has('serialNumber') && known.has('oemManufacturerName') && known.has('modelName');
  if (!isTuple && !known.has('hardwareHash') && !known.has('productKey')) {
    throw new FileError('unidentifiableHeader', { file, found });
  }
}

/** The header for a message: short, and without what a terminal would act on. */
function describe(columns: readonly string[]): string {
  const shown = columns.slice(0, 6).map((column) => column.replaceAll(/\p{C}/gu, '?').slice(0, 40));
  return shown.join(', ') + (columns.length > 6 ? ', ...' : '');
}
