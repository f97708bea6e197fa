/** What `TextDecoder` calls them. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const byteOrderMarks: readonly { encoding: Encoding; bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

/**
 * The encoding of a text by its first bytes: its mark, or the zero bytes every other place that Latin text has in
 * UTF-16. Otherwise UTF-8, which `decodeText` leaves for Windows-1252 at the first byte that cannot be UTF-8.
 */
export function detectEncoding(start: Uint8Array): Encoding {
  const marked = byteOrderMarks.find((mark) => mark.bytes.every((byte, at) => start[at] === byte));
  if (marked) return marked.encoding;
  const pairs = Math.min(Math.floor(start.length / 2), 2_000);
  let zerosAtEven = 0;
  let zerosAtOdd = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    if (start[2 * pair] === 0) zerosAtEven += 1;
    if (start[2 * pair + 1] === 0) zerosAtOdd += 1;
  }
  if (pairs > 1 && zerosAtOdd > pairs / 2 && zerosAtEven === 0) return 'utf-16le';
  if (pairs > 1 && zerosAtEven > pairs / 2 && zerosAtOdd === 0) return 'utf-16be';
  return 'utf-8';
}

/** What a file that is no text is, by its first bytes; undefined for text. */
export function detectBinary(
  start: Uint8Array,
  encoding: Encoding,
): 'workbook' | 'compressed' | 'binary' | undefined {
  if (start[0] === 0x50 && start[1] === 0x4b && start[2] === 0x03 && start[3] === 0x04) return 'workbook';
  if (start[0] === 0xd0 && start[1] === 0xcf && start[2] === 0x11 && start[3] === 0xe0) return 'workbook';
  if (start[0] === 0x1f && start[1] === 0x8b) return 'compressed';
  if (encoding.startsWith('utf-16')) return undefined;
  // A stray control character is a bad value, told with its line; text is not full of them.
  const controls = start.filter(isControlByte).length;
  return start.includes(0) || controls > start.length / 100 ? 'binary' : undefined;
}

function isControlByte(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c;
}
