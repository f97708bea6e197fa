import { createRowReader, isHeader } from './csv-row.ts';
import { lineLimit } from './decode-text.ts';
import type { DeviceRow, FileReading } from './device-row.ts';
import { FileError } from './file-error.ts';
import { recogniseColumn, type GivenColumns } from './recognise-column.ts';
import { splitRecords } from './split-records.ts';

/** Excel can write the separator in a separate first line. */
const separatorLine = /^"?sep=(.)"?\r?$/i;

/** What the Partner Center template puts under its sample rows. */
const explanation = /^samples? explained\b/i;

/** What PowerShell's Export-Csv writes above a header. */
const typeLine = /^#TYPE\b/;

/** What DOS programs end a text with. */
const endOfFile = '\x1A';

/** The maximum number of lines above the header, such as the title of a report. */
const titleLinesMax = 20;

const delimiters = [',', ';', '\t', '|'] as const;

/** The devices of a CSV text. A header in the middle, as joined files have it, starts again. */
export async function* readCsv(reading: FileReading, text: AsyncIterable<string>): AsyncGenerator<DeviceRow> {
  const { file, columns, onNotice } = reading;
  const { header, delimiter, titleLines, chunks } = await findHeader(reading, text);
  for (const line of titleLines) onNotice({ kind: 'rowSkipped', file, line });
  let readRow: ReturnType<typeof createRowReader> | undefined;
  for await (const record of splitRecords({ file, delimiter, line: header.line }, chunks)) {
    const first = record.cells.find((cell) => cell.trim() !== '')?.trim();
    if (
      first === undefined ||
      (first === endOfFile && record.cells.length === 1) ||
      separatorLine.test(record.cells.join(delimiter))
    )
      continue;
    const isAgain = readRow !== undefined && isHeader(record.cells, columns);
    if (typeLine.test(first) || (readRow && !isAgain && explanation.test(first))) {
      onNotice({ kind: 'rowSkipped', file, line: record.line });
    } else if (!readRow || isAgain) {
      readRow = createRowReader(reading, record, delimiter);
    } else {
      yield readRow(record);
    }
  }
  if (!readRow) throw new FileError('fileEmpty', { file });
}

interface Line {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** Where it starts in the text. */
  readonly start: number;
}

/**
 * The header, read ahead of the rest; the chunks begin with it. It is the first line with text in it, unless that names
 * no known column and one of the next lines does: then the lines above it are a report's title.
 */
async function findHeader({ file, columns }: FileReading, text: AsyncIterable<string>) {
  const rest = text[Symbol.asyncIterator]();
  let start = '';
  for (let next = await rest.next(); ; next = await rest.next()) {
    start += next.value ?? '';
    const lines = toLines(start);
    if (!next.done) lines.pop();
    const filled = lines.filter((line) => line.text.trim() !== '');
    const separator = separatorLine.exec(filled[0]?.text ?? '')?.[1];
    const candidates = filled.slice(separator ? 1 : 0).slice(0, titleLinesMax);
    const known = candidates.find(({ text: line }) =>
      isHeader(splitLoosely(line, separator ?? detectDelimiter(line, columns)), columns),
    );
    if (known || next.done || candidates.length === titleLinesMax) {
      const header = findRowAbove(candidates, known) ??
        known ??
        candidates[0] ?? { text: '', line: 1, start: 0 };
      return {
        header,
        delimiter: separator ?? detectDelimiter(header.text, columns),
        titleLines: candidates.map(({ line }) => line).filter((line) => line < header.line),
        chunks: resume(start.slice(header.start), rest),
      };
    }
    if (start.length > lineLimit) throw new FileError('lineTooLong', { file, line: 1, limit: lineLimit });
  }
}

/** A line above the header that is a row, not a title: it has a hardware hash, or as many values as the header. */
function findRowAbove(lines: readonly Line[], header: Line | undefined): Line | undefined {
  if (!header) return undefined;
  const delimiter = detectDelimiter(header.text, undefined);
  const count = ({ text }: Line): number =>
    splitLoosely(text, delimiter).filter((cell) => cell !== '').length;
  return lines.find((line) => {
    if (line.line >= header.line || typeLine.test(line.text.replace(/^"/, ''))) return false;
    return /\bT0[E-H]\w{100}/.test(line.text) || (count(header) > 1 && count(line) >= count(header));
  });
}

function toLines(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((line, index) => {
    const found = { text: line, line: index + 1, start };
    start += line.length + 1;
    return found;
  });
}

/** The delimiter that makes the most known columns of a header line; a comma when none does. */
function detectDelimiter(line: string, columns: GivenColumns | undefined): string {
  const known = (delimiter: string) =>
    splitLoosely(line, delimiter).filter((cell) => recogniseColumn(cell, columns) !== undefined).length;
  return delimiters.reduce((best, delimiter) => (known(delimiter) > known(best) ? delimiter : best));
}

/** The cells of a line, to recognize what it is. */
function splitLoosely(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((cell) => cell.trim().replaceAll(/^"|"$/g, ''));
}

async function* resume(start: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield start;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
