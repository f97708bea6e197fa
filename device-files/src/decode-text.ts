import { isAscii, isUtf8 } from 'node:buffer';
import { FileError } from './file-error.ts';
import { detectEncoding, detectKind } from './file-kind.ts';

/** Characters of one record. A 4K hash and four long names are far below it; a file without line ends is above. */
export const lineLimit = 1_000_000;

const newline = 0x0a;
const carriageReturn = 0x0d;
/** Enough to recognize a file, because the names of a workbook's parts are between their contents. */
const headBytes = 65_536;

/**
 * The text of a file: UTF-8 with or without a mark, UTF-16 of either order, or Windows-1252. The mark is dropped, and
 * a carriage return alone, which some Macintosh programs end lines with, becomes a line feed.
 * Throws when the bytes are no text, or are Unicode with a fault in it: a guessed character would be a wrong serial.
 */
export async function* decodeText(file: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const chunks = bytes[Symbol.asyncIterator]();
  const head = await readHead(chunks);
  if (head.length === 0) throw new FileError('fileEmpty', { file });
  const encoding = detectEncoding(head);
  const kind = detectKind(head, encoding);
  if (kind) throw new FileError(kind.key, { file, ...('format' in kind && { format: kind.format }) });
  const all = replay(head, chunks);
  yield* withLineFeeds(encoding === 'utf-8' ? decodeLines(file, all) : decodeUtf16(file, encoding, all));
}

/** A carriage return at the end of a chunk waits for what follows it. */
async function* withLineFeeds(text: AsyncIterable<string>): AsyncGenerator<string> {
  let carried = '';
  for await (const chunk of text) {
    const all = carried + chunk;
    carried = all.endsWith('\r') ? '\r' : '';
    yield (carried ? all.slice(0, -1) : all).replaceAll(/\r(?!\n)/g, '\n');
  }
  if (carried) yield '\n';
}

/** The first bytes decide the encoding: wait for enough of them, for a pipe may give one at a time. */
async function readHead(chunks: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < headBytes) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

async function* replay(head: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer> {
  yield head;
  try {
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      const { buffer, byteOffset, byteLength } = next.value;
      yield Buffer.from(buffer, byteOffset, byteLength);
    }
  } finally {
    await rest.return?.();
  }
}

async function* decodeUtf16(
  file: string,
  encoding: string,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  try {
    for await (const chunk of chunks) {
      const text = decoder.decode(chunk, { stream: true });
      line += text.match(/\r\n?|\n/g)?.length ?? 0;
      yield text;
    }
    yield decoder.decode();
  } catch (fault) {
    if (fault instanceof TypeError) throw new FileError('badEncoding', { file, line, encoding: 'UTF-16' });
    throw fault;
  }
}

/** Decodes whole lines at a time, so that no character is ever cut. */
async function* decodeLines(file: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decode = createLineDecoder(file);
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  for await (const chunk of chunks) {
    const end = Math.max(chunk.lastIndexOf(newline), chunk.subarray(0, -1).lastIndexOf(carriageReturn)) + 1;
    if (end > 0) {
      yield decode(Buffer.concat([...carried, chunk.subarray(0, end)]));
      carried = [];
      carriedBytes = 0;
    }
    carried.push(chunk.subarray(end));
    carriedBytes += chunk.length - end;
    if (carriedBytes > 4 * lineLimit) throw decode.tooLong();
  }
  if (carriedBytes > 0) yield decode(Buffer.concat(carried));
}

interface LineDecoder {
  (lines: Buffer): string;
  tooLong(): FileError;
}

function createLineDecoder(file: string): LineDecoder {
  let isWindows1252 = false;
  let isStart = true;
  let hasUtf8 = false;
  let line = 1;

  const decode = (lines: Buffer): string => {
    const text = decodeBlock(isStart ? withoutMark(lines) : lines);
    isStart = false;
    line += countLines(lines);
    return text;
  };
  const decodeBlock = (lines: Buffer): string => {
    if (isAscii(lines)) return lines.toString('latin1');
    if (isWindows1252) return decodeWestern(lines);
    if (isUtf8(lines)) {
      hasUtf8 = true;
      return lines.toString('utf8');
    }
    // Where all before the first line that is no UTF-8 is ASCII, which both encodings write alike, nothing was misread.
    const bad = findBadLine(lines);
    if (hasUtf8 || !isAscii(lines.subarray(0, bad.start))) {
      throw new FileError('badEncoding', { file, line: line + bad.index, encoding: 'UTF-8' });
    }
    isWindows1252 = true;
    return decodeWestern(lines);
  };
  const decodeWestern = (lines: Buffer): string => {
    const text = lines.toString('latin1');
    const at = text.search(otherEncoding);
    if (at < 0) return new TextDecoder('windows-1252').decode(lines);
    throw new FileError('badEncoding', {
      file,
      line: line + countLines(lines.subarray(0, at + 1)) - 1,
      encoding: 'UTF-8',
    });
  };
  return Object.assign(decode, {
    tooLong: () => new FileError('lineTooLong', { file, line, limit: lineLimit }),
  });
}

/** What Western text in Windows-1252 does not have: many accents in a row, and rare signs. It is in another encoding. */
const otherEncoding = /[\x80-\xFF]{4}|[\x81-\x83\x86-\x88\x8B\x8D\x8F\x90\x98\x9B\x9D]/;

function withoutMark(lines: Buffer): Buffer {
  return lines[0] === 0xef && lines[1] === 0xbb && lines[2] === 0xbf ? lines.subarray(3) : lines;
}

/** Where the line ends that starts here: behind `\r\n`, `\n` or a lone `\r`. */
function lineEnd(lines: Buffer, start: number): number {
  const feed = lines.indexOf(newline, start) + 1 || lines.length;
  const alone = lines.subarray(start, feed).indexOf(carriageReturn);
  return alone < 0 || start + alone === feed - 2 ? feed : start + alone + 1;
}

function countLines(lines: Buffer): number {
  let count = 0;
  for (let start = 0; start < lines.length; start = lineEnd(lines, start)) count += 1;
  return count;
}

function findBadLine(lines: Buffer): { index: number; start: number } {
  let start = 0;
  for (let index = 0; ; index += 1) {
    const end = lineEnd(lines, start);
    if (!isUtf8(lines.subarray(start, end)) || end === lines.length) return { index, start };
    start = end;
  }
}
