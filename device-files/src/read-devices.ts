import { decodeText } from './decode-text.ts';
import type { DeviceRow, ReadNotice } from './device-row.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import type { GivenColumns } from './recognise-column.ts';

/** A file to be read: how its user calls it, and its bytes from the start each time they are asked for. */
export interface DeviceFile {
  readonly name: string;
  open(): AsyncIterable<Uint8Array>;
}

export interface ReadOptions {
  /** What columns hold whose names no table knows: members by the name of the column, as `foldName` gives it. */
  readonly columns?: GivenColumns | undefined;
  /** Told what was ignored or skipped; the same every time a file is read. */
  readonly onNotice?: (notice: ReadNotice) => void;
  /** Told every piece that was read. */
  readonly onBytes?: (bytes: Uint8Array) => void;
}

/**
 * The devices of files, one after another. Whether a file is CSV or JSON is seen from its first character, not from
 * its name. Throws a `FileError` for a file that cannot be read as a whole; a row that cannot be sent carries its
 * `problem` instead.
 */
export async function* readDevices(
  files: readonly DeviceFile[],
  options: ReadOptions = {},
): AsyncGenerator<DeviceRow> {
  for (const file of files) yield* readFile(file, options);
}

async function* readFile({ name, open }: DeviceFile, options: ReadOptions): AsyncGenerator<DeviceRow> {
  const { columns, onNotice = ignore, onBytes = ignore } = options;
  const text = decodeText(name, watch(open(), onBytes));
  const { first, chunks } = await findFirstCharacter(text);
  const read = first === '[' || first === '{' ? readJson : readCsv;
  yield* read({ file: name, columns, onNotice }, chunks);
}

async function* watch(
  bytes: AsyncIterable<Uint8Array>,
  onBytes: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    onBytes(chunk);
    yield chunk;
  }
}

/** The first character that is not white space, read ahead of the rest. */
async function findFirstCharacter(text: AsyncIterable<string>) {
  const rest = text[Symbol.asyncIterator]();
  let start = '';
  for (let next = await rest.next(); !next.done; next = await rest.next()) {
    start += next.value;
    if (start.trim() !== '') break;
  }
  const first = start.trimStart()[0];
  return { first, chunks: resume(start, rest) };
}

async function* resume(start: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield start;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function ignore(): void {
  // Nobody listens.
}
