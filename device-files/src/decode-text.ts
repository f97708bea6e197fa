import { isAscii, isUtf8 } from 'node:buffer';
import { FileError } from './file-error.ts';
import { detectBinary, detectEncoding } from './detect-encoding.ts';
import { lineLimit } from './line-limit.ts';

const newline = 0x0a;
const carriageReturn = 0x0d;
const headBytes = 4_096;

/**
 * The text of a file: UTF-8 with or without a mark, UTF-16 of either order, or Windows-1252. The mark is dropped, and
 * lines that end in a carriage return alone, as Excel for the Mac writes them, end in a line feed.
 * Throws when the bytes are no text, or are Unicode with a fault in it: a guessed character would be a wrong serial.
 */
export async function* decodeText(file: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const chunks = bytes[Symbol.asyncIterator]();
  const head = await readHead(chunks);
  if (head.length === 0) throw new FileError('fileEmpty', { file });
  const encoding = detectEncoding(head);
  const binary = detectBinary(head, encoding);
  if (binary) throw new FileError(binaryMessages[binary], { file });
  const hasNewlines = head.includes(newline) || !head.includes(carriageReturn);
  const all = replay(head, chunks);
  if (encoding !== 'utf-8') {
    const text = decodeUtf16(file, encoding, all);
    yield* hasNewlines ? text : withNewlines(text);
  } else {
    yield* decodeLines(file, hasNewlines ? all : withNewlineBytes(all));
  }
}

/** The first bytes hold a whole line: with no line feed in them, none ends a line further on. */
async function* withNewlines(text: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const chunk of text) yield chunk.replaceAll('\r', '\n');
}

/** In UTF-8 and Windows-1252 the byte is never part of another character. */
async function* withNewlineBytes(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    const copy = Buffer.from(chunk);
    for (let at = copy.indexOf(carriageReturn); at >= 0; at = copy.indexOf(carriageReturn, at + 1))
      copy[at] = newline;
    yield copy;
  }
}

const binaryMessages = {
  workbook: 'fileIsWorkbook',
  compressed: 'fileIsCompressed',
  binary: 'fileBinary',
} as const;

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
      line += text.split('\n').length - 1;
      yield text;
    }
    yield decoder.decode();
  } catch (fault) {
    if (fault instanceof TypeError) throw new FileError('badEncoding', { file, line });
    throw fault;
  }
}

/** Decodes whole lines at a time, so that no character is ever cut. */
async function* decodeLines(file: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decode = createLineDecoder(file);
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(newline) + 1;
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
    line += countNewlines(lines);
    return text;
  };
  const decodeBlock = (lines: Buffer): string => {
    if (isAscii(lines)) return lines.toString('latin1');
    if (isWindows1252) return decodeWindows1252(lines);
    if (isUtf8(lines)) {
      hasUtf8 = true;
      return lines.toString('utf8');
    }
    // Where all before the first line that is no UTF-8 is ASCII, which both encodings write alike, nothing was misread.
    const bad = findBadLine(lines);
    if (hasUtf8 || !isAscii(lines.subarray(0, bad.start))) {
      throw new FileError('badEncoding', { file, line: line + bad.index });
    }
    isWindows1252 = true;
    return decodeWindows1252(lines);
  };
  return Object.assign(decode, {
    tooLong: () => new FileError('lineTooLong', { file, line, limit: lineLimit }),
  });
}

function decodeWindows1252(lines: Buffer): string {
  return new TextDecoder('windows-1252').decode(lines);
}

function withoutMark(lines: Buffer): Buffer {
  return lines[0] === 0xef && lines[1] === 0xbb && lines[2] === 0xbf ? lines.subarray(3) : lines;
}

function countNewlines(lines: Buffer): number {
  let count = 0;
  for (let at = lines.indexOf(newline); at >= 0; at = lines.indexOf(newline, at + 1)) count += 1;
  return count;
}

function findBadLine(lines: Buffer): { index: number; start: number } {
  let start = 0;
  for (let index = 0; ; index += 1) {
    const end = lines.indexOf(newline, start) + 1 || lines.length;
    if (!isUtf8(lines.subarray(start, end)) || end === lines.length) return { index, start };
    start = end;
  }
}
