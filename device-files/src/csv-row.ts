import { FileError } from './file-error.ts';
import type { DeviceMember, DeviceRow, ReadNotice } from './device-row.ts';
import { findProblem } from './find-problem.ts';
import { isDeviceMember, recogniseColumn } from './recognise-header.ts';
import type { CsvRecord } from './split-records.ts';

interface Options {
  readonly file: string;
  readonly onNotice: (notice: ReadNotice) => void;
}

/** Reads the rows under a header. Throws when the header is of no use; reports columns nobody knows. */
export function createRowReader(options: Options, header: CsvRecord): (record: CsvRecord) => DeviceRow {
  const { file } = options;
  const columns = header.cells.map((cell) => cell.trim().replace(/^\uFEFF/, ''));
  const members = columns.map((column) => recogniseColumn(column));
  checkHeader(file, columns);
  const ignored = columns.filter((column, at) => column !== '' && ['extra', undefined].includes(members[at]));
  if (ignored.length > 0) options.onNotice({ kind: 'columnsIgnored', file, columns: ignored });

  return ({ line, cells }) => {
    const device: Partial<Record<DeviceMember, string>> = {};
    members.forEach((member, at) => {
      const value = cleanCell(cells[at] ?? '');
      if (isDeviceMember(member) && value !== '') device[member] = value;
    });
    const isLonger = cells.slice(columns.length).some((cell) => cell.trim() !== '');
    const problem = isLonger
      ? ({ key: 'tooManyCells', values: { cells: cells.length, columns: columns.length } } as const)
      : findProblem(device);
    return { file, line, device, columns, cells, problem };
  };
}

/** Outer white space is no part of a value, nor is the `="..."` that keeps spreadsheets from changing it. */
function cleanCell(cell: string): string {
  const text = cell.trim();
  return /^="(.*)"$/s.exec(text)?.[1]?.trim() ?? text;
}

function checkHeader(file: string, columns: readonly string[]): void {
  const members = columns.map((column) => recogniseColumn(column));
  const found = describe(columns);
  const known = new Set<DeviceMember>();
  members.forEach((member, at) => {
    if (!isDeviceMember(member)) return;
    if (known.has(member)) throw new FileError('repeatedColumn', { file, column: columns[at] ?? '', found });
    known.add(member);
  });
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
