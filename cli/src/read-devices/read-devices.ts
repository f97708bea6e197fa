import type { Io } from '../io.ts';
import { decodeText } from './decode-text.ts';
import type { DeviceRow, ReadNotice } from './device-row.ts';
import { openFile } from './open-source.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';

export interface ReadOptions {
  readonly io: Io;
  /** Told what was ignored or skipped; the same every time a file is read. */
  readonly onNotice?: (notice: ReadNotice) => void;
  /** Told the size of what was read, in bytes. */
  readonly onBytes?: (bytes: Uint8Array) => void;
  /** Where standard input was kept, so that it can be read again. */
  readonly standardInputCopy?: string | undefined;
}

/**
 * The devices of files, one after another; `-` is standard input. Whether a file is CSV or JSON is seen from its first
 * character, not from its name. Throws a `CliError` for a file that cannot be read as a whole; a row that cannot be
 * sent carries its `problem` instead.
 */
export async function* readDevices(
  files: readonly string[],
  options: ReadOptions,
): AsyncGenerator<DeviceRow> {
  for (const file of files) yield* readFile(file, options);
}

async function* readFile(file: string, options: ReadOptions): AsyncGenerator<DeviceRow> {
  const { io, onNotice = ignore, onBytes = ignore } = options;
  const text = decodeText(file, watch(openInput(file, options), onBytes));
  const { first, chunks } = await findFirstCharacter(text);
  io.interruption.throwIfAborted();
  yield* first === '[' || first === '{' ? readJson(file, chunks) : readCsv({ file, onNotice }, chunks);
}

function openInput(file: string, { io, standardInputCopy }: ReadOptions): AsyncIterable<Uint8Array> {
  if (file !== '-') return openFile(file, io.workingDirectory);
  return standardInputCopy === undefined ? io.stdin.bytes : openFile(standardInputCopy, io.workingDirectory);
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
