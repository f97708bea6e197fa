import { FileError } from './file-error.ts';
import { lineLimit } from './decode-text.ts';

/** One record of a CSV file: its cells as text, and the line it starts on. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Source {
  readonly file: string;
  readonly delimiter: string;
  /** The number of the text's first line. Default: 1. */
  readonly line?: number;
}

/**
 * The records of a CSV text (RFC 4180); empty lines are left out. Written here and not by a library, because what a
 * library forgives is what goes wrong: a stray quotation mark swallows rows, and a tolerant parser reads on. White space
 * around a quoted value is no part of it; any other character next to its quotation marks refuses the file, and so does
 * a quotation mark inside a value that is not quoted, but for the `="…"` that keeps spreadsheets from changing a value.
 */
export async function* splitRecords(
  source: Source,
  chunks: AsyncIterable<string>,
): AsyncGenerator<CsvRecord> {
  const rest = chunks[Symbol.asyncIterator]();
  let { line = 1 } = source;
  let columns = 0;
  let carried = '';
  for (let next = await rest.next(); ; next = await rest.next()) {
    const text = carried + (next.value ?? '');
    let start = 0;
    while (start < text.length) {
      const record = readRecord({ ...source, text, start, line, isLast: next.done === true });
      if (!record) break;
      if (record.lines > 1) checkSwallowed(source, { ...record, line, columns });
      columns = Math.max(columns, record.cells.length);
      if (record.cells.length > 1 || record.cells[0] !== '') yield { line, cells: record.cells };
      line += record.lines;
      start = record.end;
    }
    if (next.done) return;
    carried = text.slice(start);
    if (carried.length > lineLimit) throw tooLong(source, line);
  }
}

interface RecordStart extends Source {
  readonly line: number;
  readonly text: string;
  readonly start: number;
  /** Whether nothing follows the text. */
  readonly isLast: boolean;
}

interface RecordFound {
  readonly cells: string[];
  /** Where the next record starts. */
  readonly end: number;
  /** How many lines it takes. */
  readonly lines: number;
}

/** The record that starts here; undefined when the text ends before it does. */
function readRecord(at: RecordStart): RecordFound | undefined {
  const { text, start, delimiter } = at;
  const newline = text.indexOf('\n', start);
  if (newline < 0 && !at.isLast) return undefined;
  const end = newline < 0 ? text.length : newline;
  if (end - start > lineLimit) throw tooLong(at, at.line);
  const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
  if (!line.includes('"')) return { cells: line.split(delimiter), end: end + 1, lines: 1 };
  return readQuoted(at);
}

function readQuoted(at: RecordStart): RecordFound | undefined {
  const { text, delimiter, file } = at;
  const cells: string[] = [];
  let lines = 1;
  for (let start = at.start; ;) {
    const line = at.line + lines - 1;
    const first = skipBlanks(text, start, delimiter);
    let cell: string;
    let end: number;
    if (text[first] === '"') {
      const closing = endOfQuoted(text, first + 1);
      if (closing < 0) {
        if (at.isLast) throw new FileError('unclosedQuote', { file, line });
        return undefined;
      }
      cell = text.slice(first + 1, closing);
      if (cell.includes('"')) cell = cell.replaceAll('""', '"');
      if (cell.includes('\n')) lines += cell.split('\n').length - 1;
      end = skipBlanks(text, closing + 1, delimiter);
      // The mark that ends the value on another line was most likely to begin one: this line's was never closed.
      if (at.line + lines - 1 > line && !isCellEnd(text, end, delimiter))
        throw new FileError('unclosedQuote', { file, line });
    } else {
      end = endOfPlain(text, start, delimiter);
      cell = text.slice(start, end);
      if (cell.endsWith('\r')) cell = cell.slice(0, -1);
      if (cell.includes('"') && !/^\s*="[^"]*"\s*$/.test(cell))
        throw new FileError('strayQuote', { file, line });
    }
    cells.push(cell);
    if (text[end] === '\r') end += 1;
    if (end >= text.length) return at.isLast ? { cells, end, lines } : undefined;
    if (text[end] === '\n') return { cells, end: end + 1, lines };
    if (text[end] !== delimiter) throw new FileError('strayQuote', { file, line });
    start = end + 1;
  }
}

function isCellEnd(text: string, at: number, delimiter: string): boolean {
  return at >= text.length || text[at] === delimiter || text[at] === '\n' || text[at] === '\r';
}

function skipBlanks(text: string, from: number, delimiter: string): number {
  let at = from;
  for (let next = text[at]; next === ' ' || next === '\t'; next = text[at]) {
    if (next === delimiter) break;
    at += 1;
  }
  return at;
}

/** The position of the closing quotation mark of a value; -1 if there is none. Two in a row are part of the value. */
function endOfQuoted(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at;
  return -1;
}

function endOfPlain(text: string, from: number, delimiter: string): number {
  const cellEnd = text.indexOf(delimiter, from);
  const lineEnd = text.indexOf('\n', from);
  const ends = [cellEnd, lineEnd].filter((end) => end >= 0);
  return ends.length === 0 ? text.length : Math.min(...ends);
}

/** A value over several lines, one of which has as many cells as a row, most likely contains other rows. */
function checkSwallowed(
  { file, delimiter }: Source,
  { cells, line, columns }: RecordFound & { line: number; columns: number },
): void {
  if (columns < 2) return;
  let opened = line;
  for (const cell of cells) {
    const lines = cell.split('\n');
    if (lines.length > 1 && lines.some((text) => text.split(delimiter).length >= columns))
      throw new FileError('swallowedRows', { file, line: opened });
    opened += lines.length - 1;
  }
}

function tooLong({ file }: Source, line: number): FileError {
  return new FileError('lineTooLong', { file, line, limit: lineLimit });
}
