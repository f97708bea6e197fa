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

/** The devices of a CSV text. A header in the middle, as joined files have it, starts again. */
export async function* readCsv(options: Options, text: AsyncIterable<string>): AsyncGenerator<DeviceRow> {
  const { file, onNotice } = options;
  const { headerLine, separator, chunks } = await findHeaderLine(file, text);
  const delimiter = separator ?? detectDelimiter(headerLine);
  let readRow: ReturnType<typeof createRowReader> | undefined;
  for await (const record of splitRecords({ file, delimiter }, chunks)) {
    const first = record.cells.find((cell) => cell.trim() !== '')?.trim();
    if (first === undefined || (separator && separatorLine.test(record.cells.join(separator)))) continue;
    if (!readRow || isHeader(record.cells)) {
      readRow = createRowReader(options, record);
    } else if (explanation.test(first)) {
      onNotice({ kind: 'rowSkipped', file, line: record.line });
    } else {
      yield readRow(record);
    }
  }
  if (!readRow) throw new FileError('fileEmpty', { file });
}

/** The first line with text in it, read ahead of the rest; the chunks still hold it. */
async function findHeaderLine(file: string, text: AsyncIterable<string>) {
  const rest = text[Symbol.asyncIterator]();
  let start = '';
  let separator: string | undefined;
  for (let next = await rest.next(); ; next = await rest.next()) {
    start += next.value ?? '';
    const lines = start.split('\n');
    if (!next.done) lines.pop();
    const filled = lines.filter((line) => line.trim() !== '');
    separator = separatorLine.exec(filled[0] ?? '')?.[1];
    const headerLine = separator ? filled[1] : filled[0];
    if (headerLine !== undefined || next.done) {
      return { headerLine: headerLine ?? '', separator, chunks: resume(start, rest) };
    }
    if (start.length > lineLimit) throw new FileError('lineTooLong', { file, line: 1, limit: lineLimit });
  }
}

async function* resume(start: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield start;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
