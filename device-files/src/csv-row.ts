import type { DeviceMember, DeviceRow, FileReading, RowProblem } from './device-row.ts';
import { FileError } from './file-error.ts';
import { findProblem, nameMember } from './find-problem.ts';
import { foldName, isDeviceMember, recogniseColumn, type GivenColumns } from './recognise-column.ts';
import type { CsvRecord } from './split-records.ts';
import { unwrapHash } from './unwrap-hash.ts';

/**
 * Whether a row is a header: two of its cells name device data, or one does and every other cell that is not empty names
 * a known column.
 */
export function isHeader(cells: readonly string[], given?: GivenColumns): boolean {
  const meanings = cells.map((cell) => recogniseColumn(cell, given));
  const members = meanings.filter(isDeviceMember).length;
  const isKnown = cells.every((cell, at) => meanings[at] !== undefined || cell.trim() === '');
  return members > 1 || (isKnown && members === 1);
}

/** Reads the rows under a header. Throws if the header is unusable, and reports unknown columns. */
export function createRowReader(
  reading: FileReading,
  header: CsvRecord,
  delimiter: string,
): (record: CsvRecord) => DeviceRow {
  const { file, onNotice } = reading;
  const columns = header.cells.map((cell) => cell.trim().replace(/^\uFEFF/, ''));
  const members = columns.map((column) => recogniseColumn(column, reading.columns));
  if (columns.length === 1 && isQuotedLine(columns[0] ?? '', delimiter))
    throw new FileError('lineQuoted', { file, line: header.line });
  checkHeader({ file, line: header.line }, columns, reading.columns);
  const ignored = columns.filter((column, at) => column !== '' && ['extra', undefined].includes(members[at]));
  if (ignored.length > 0) onNotice({ kind: 'columnsIgnored', file, columns: ignored });

  return ({ line, cells }) => {
    const device: Partial<Record<DeviceMember, string>> = {};
    members.forEach((member, at) => {
      const value = cleanCell(cells[at] ?? '');
      if (isDeviceMember(member) && value !== '') device[member] = value;
    });
    if (unwrapHash(device)) onNotice({ kind: 'hashUnwrapped', file, line });
    const isHashed = device.hardwareHash !== undefined;
    const problem = findShift({ columns, cells, delimiter, isHashed }) ?? findProblem(device);
    return { file, line, device, columns, cells, problem };
  };
}

interface ReadCells {
  readonly columns: readonly string[];
  readonly cells: readonly string[];
  readonly delimiter: string;
  /** Whether the column of the hardware hash has a value. */
  readonly isHashed: boolean;
}

/**
 * A row with more or fewer cells than its header: a separator inside a value, or one that is missing, has most likely
 * shifted it. Cells that are empty or missing at the end are forgiven in a row with a hardware hash, whose checksum
 * shows a shift.
 */
function findShift({ columns, cells, delimiter, isHashed }: ReadCells): RowProblem | undefined {
  const named = columns.findLastIndex((column) => column !== '') + 1;
  const values = { cells: cells.length, columns: columns.length, delimiter };
  const isSurplus = cells.slice(columns.length).some(isFilled);
  if (isSurplus || (cells.length > columns.length && !isHashed)) return { key: 'tooManyCells', values };
  if (cells.length < named && !isHashed) return { key: 'tooFewCells', values: { ...values, columns: named } };
  const at = columns.findIndex((column, index) => column === '' && isFilled(cells[index] ?? ''));
  return at < 0 ? undefined : { key: 'cellWithoutColumn', values: { column: at + 1 } };
}

function isFilled(cell: string): boolean {
  return cell.trim() !== '';
}

/** Outer white space is no part of a value, nor is the `="..."` that keeps spreadsheets from changing it. */
function cleanCell(cell: string): string {
  const text = cell.trim();
  return /^="(.*)"$/s.exec(text)?.[1]?.trim() ?? text;
}

interface Place {
  readonly file: string;
  readonly line: number;
}

/** Known names with another dialect's separator or quotation mark in them: the rows would be read wrong. */
function isMixed(column: string): boolean {
  if (recogniseColumn(column) !== undefined) return /[,;|\t"'`\p{Pi}\p{Pf}„‚]/u.test(column);
  const names = column.split(/[,;|\t]/);
  return names.length > 1 && names.every((name) => recogniseColumn(name) !== undefined);
}

function checkHeader(at: Place, columns: readonly string[], given: GivenColumns | undefined): void {
  const found = describe(columns);
  const names = new Set(columns.map(foldName));
  const missing = [...(given?.keys() ?? [])].find((name) => !names.has(name));
  if (missing !== undefined) throw new FileError('columnNotFound', { ...at, column: missing, found });
  const mixed = columns.find((column) => isMixed(column));
  if (mixed !== undefined) throw new FileError('mixedSeparators', { ...at, found });
  const known = findMembers(at, columns, given);
  const delimiter = columns.length === 1 ? findOtherSeparator(columns[0] ?? '') : undefined;
  if (delimiter !== undefined) throw new FileError('unknownSeparator', { ...at, delimiter });
  if (known.size === 0) throw new FileError('unknownHeader', { ...at, found });
  const isTuple = known.has('serialNumber') && known.has('oemManufacturerName') && known.has('modelName');
  if (!isTuple && !known.has('hardwareHash') && !known.has('productKey'))
    throw new FileError('unidentifiableHeader', { ...at, found });
}

/** What the columns hold, and where. Throws when two hold the same. */
function findMembers(
  at: Place,
  columns: readonly string[],
  given: GivenColumns | undefined,
): ReadonlyMap<DeviceMember, number> {
  const known = new Map<DeviceMember, number>();
  for (const [index, column] of columns.entries()) {
    const member = recogniseColumn(column, given);
    if (!isDeviceMember(member)) continue;
    const firstAt = known.get(member);
    if (firstAt === undefined) {
      known.set(member, index);
      continue;
    }
    const first = columns[firstAt] ?? '';
    if (foldName(first) === foldName(column))
      throw new FileError('equalColumns', { ...at, column, first: firstAt + 1, second: index + 1 });
    throw new FileError('repeatedColumn', { ...at, first, second: column, member: nameMember(member) });
  }
  return known;
}

/** A header whose line is one quoted value. */
function isQuotedLine(column: string, delimiter: string): boolean {
  const names = column.split(delimiter).map((name) => name.replaceAll('"', ''));
  return names.length > 1 && names.some((name) => recogniseColumn(name) !== undefined);
}

/** What separates the known columns of a header that none of the usual separators divides. */
function findOtherSeparator(column: string): string | undefined {
  return [/(\^)/, /(~)/, /(:)/, /(!)/, /(  +)/].flatMap((pattern) => {
    const names = column.split(pattern);
    const members = names.filter((name) => isDeviceMember(recogniseColumn(name)));
    if (members.length < 2) return [];
    const separator = names[1] ?? '';
    return [separator.startsWith(' ') ? '" "' : `"${separator}"`];
  })[0];
}

/** The header for a message: short, and without what a terminal would act on. A hardware hash is left out. */
function describe(columns: readonly string[]): string {
  const shown = columns
    .slice(0, 6)
    .map((column) => (/^T0[E-H]/.test(column) ? '...' : column.replaceAll(/\p{C}/gu, '?').slice(0, 40)));
  return shown.join(', ') + (columns.length > 6 ? ', ...' : '');
}
