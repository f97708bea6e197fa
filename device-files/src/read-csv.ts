import { FileError } from './file-error.ts';
import { createRowReader } from './csv-row.ts';
import { detectDelimiter } from './detect-delimiter.ts';
import type { DeviceRow, ReadNotice } from './device-row.ts';
import { lineLimit } from './line-limit.ts';
import { isHeader } from './recognise-header.ts';
import { splitRecords } from './split-records.ts';

/** Excel writes the separator in a first line of its own. */
const separatorLine = /^sep=(.)\r?$/i;

/** What the Partner Center template puts under its sample rows. */
const explanation = /^samples? explained\b/i;

interface Options {
  readonly file: string;
  readonly onNotice: (notice: ReadNotice) => void;
}

/** What PowerShell's Export-Csv writes above a header. */
const typeLine = /^#TYPE\b/;

/** How many lines of a report's title may stand above the header. */
const titleLinesMax = 20;

/** The devices of a CSV text. A header in the middle, as joined files have it, starts again. */
export async function* readCsv(options: Options, text: AsyncIterable<string>): AsyncGenerator<DeviceRow> {
  const { file, onNotice } = options;
  const { header, separator, chunks } = await findHeader(file, text);
  const delimiter = separator ?? detectDelimiter(header.text);
  let readRow: ReturnType<typeof createRowReader> | undefined;
  for await (const record of splitRecords({ file, delimiter }, chunks)) {
    const first = record.cells.find((cell) => cell.trim() !== '')?.trim();
    if (first === undefined || (separator && separatorLine.test(record.cells.join(separator)))) continue;
    const isTitle = !readRow && record.line < header.line;
    const isExplanation = readRow !== undefined && explanation.test(first) && !isHeader(record.cells);
    if (typeLine.test(first) || isTitle || isExplanation) {
      onNotice({ kind: 'rowSkipped', file, line: record.line });
    } else if (!readRow || isHeader(record.cells)) {
      readRow = createRowReader(options, record);
    } else {
      yield readRow(record);
    }
  }
  if (!readRow) throw new FileError('fileEmpty', { file });
}

/**
 * The header, read ahead of the rest; the chunks still hold it. It is the first line with text in it, unless that names
 * no known column and one of the next lines does.
 */
async function findHeader(file: string, text: AsyncIterable<string>) {
  const rest = text[Symbol.asyncIterator]();
  let start = '';
  for (let next = await rest.next(); ; next = await rest.next()) {
    start += next.value ?? '';
    const lines = start.split('\n').map((line, at) => ({ text: line, line: at + 1 }));
    if (!next.done) lines.pop();
    const filled = lines.filter((line) => line.text.trim() !== '');
    const separator = separatorLine.exec(filled[0]?.text ?? '')?.[1];
    const candidates = filled.slice(separator ? 1 : 0).slice(0, titleLinesMax);
    const header = candidates.find((line) => isHeader(splitLoosely(line.text, separator)));
    if (header || next.done || candidates.length === titleLinesMax) {
      const found = header ?? candidates[0] ?? { text: '', line: 1 };
      return { header: found, separator, chunks: resume(start, rest) };
    }
    if (start.length > lineLimit) throw new FileError('lineTooLong', { file, line: 1, limit: lineLimit });
  }
}

/** The cells of a line, to see what it is. */
function splitLoosely(line: string, separator: string | undefined): string[] {
  const cells = line.split(separator ?? detectDelimiter(line));
  return cells.map((cell) => cell.trim().replaceAll(/^"|"$/g, ''));
}

async function* resume(start: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield start;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
