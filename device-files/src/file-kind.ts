/** What `TextDecoder` calls them. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What a file is that holds no list of devices as text; `format` is the usual name, the same in every language. */
export type FileKind =
  | { readonly key: 'fileIsWorkbook' | 'fileBinary' }
  | { readonly key: 'fileIsCompressed' | 'fileIsOther'; readonly format: string };

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

/** The first bytes of well-known formats, as Latin-1 text. https://www.garykessler.net/library/file_sigs.html */
const archives: readonly (readonly [signature: string, format: string])[] = [
  ['PK\u0003\u0004', 'ZIP'],
  ['PK\u0005\u0006', 'ZIP'],
  ['PK\u0007\u0008', 'ZIP'],
  ['\u001f\u008b', 'gzip'],
  ['BZh', 'bzip2'],
  ['\u00fd7zXZ\0', 'xz'],
  ['7z\u00bc\u00af\u0027\u001c', '7-Zip'],
  ['Rar!\u001a', 'RAR'],
  ['\u0028\u00b5\u002f\u00fd', 'Zstandard'],
  ['\u0004\u0022\u004d\u0018', 'LZ4'],
  ['MSCF\0', 'CAB'],
];
const others: readonly (readonly [signature: string, format: string])[] = [
  ['%PDF-', 'PDF'],
  ['\u0089PNG', 'PNG'],
  ['\u00ff\u00d8\u00ff', 'JPEG'],
  ['GIF8', 'GIF'],
  ['II*\0', 'TIFF'],
  ['MM\0*', 'TIFF'],
  ['SQLite format 3\0', 'SQLite'],
  ['PAR1', 'Parquet'],
  ['\u007fELF', 'ELF'],
  ['{\\rtf', 'RTF'],
];

/** What a file is by its first bytes, if it is no text that could list devices; undefined for such a text. */
export function detectKind(start: Uint8Array, encoding: Encoding): FileKind | undefined {
  // Not by `TextDecoder`: its Latin-1 is Windows-1252.
  const bytes = Array.from(start, (byte) => String.fromCharCode(byte)).join('');
  const is = ([signature]: readonly [string, string]): boolean => bytes.startsWith(signature);
  const archive = archives.find(is)?.[1];
  if (archive === 'ZIP') return kindOfZip(bytes);
  if (archive !== undefined) return { key: 'fileIsCompressed', format: archive };
  if (bytes.startsWith('\u00d0\u00cf\u0011\u00e0')) return kindOfCompoundFile(bytes);
  const other = others.find(is)?.[1];
  if (other !== undefined) return { key: 'fileIsOther', format: other };
  if (bytes.slice(257, 262) === 'ustar') return { key: 'fileIsCompressed', format: 'tar' };
  return kindOfText(new TextDecoder(encoding).decode(start), encoding.startsWith('utf-16'));
}

/** A workbook is a ZIP archive with the parts of one in it; so are other documents, and programs. */
function kindOfZip(bytes: string): FileKind {
  if (
    /xl\/|mimetypeapplication\/vnd\.(oasis\.opendocument\.spreadsheet|sun\.xml\.calc)|Index\/Tables\//.test(
      bytes,
    )
  )
    return { key: 'fileIsWorkbook' };
  if (bytes.includes('word/')) return { key: 'fileIsOther', format: 'Word' };
  if (bytes.includes('ppt/')) return { key: 'fileIsOther', format: 'PowerPoint' };
  if (bytes.includes('mimetypeapplication/vnd.oasis')) return { key: 'fileIsOther', format: 'OpenDocument' };
  return { key: 'fileIsCompressed', format: 'ZIP' };
}

/** The older formats of Microsoft Office share one container; its directory names the streams in UTF-16. */
function kindOfCompoundFile(bytes: string): FileKind {
  const hasStream = (name: string): boolean => bytes.includes([...name].join('\0'));
  return hasStream('Workbook') || hasStream('Book\0\0')
    ? { key: 'fileIsWorkbook' }
    : { key: 'fileIsOther', format: 'OLE (.xls, .doc, .msg)' };
}

/** Characters that text rarely contains. In UTF-16, where any two bytes are a character, also unassigned ones. */
const controls = /(?![\t\n\f\r])\p{Cc}/gu;
const unwritten = /(?![\t\n\f\r])[\p{Cc}\uFFFD\p{Cn}\p{Co}]/gu;

function kindOfText(text: string, isUtf16: boolean): FileKind | undefined {
  const start = text.replace(/^[\s\uFEFF]+/, '').slice(0, 1_000);
  if (/^<\?xml[^]*?(progid="Excel\.Sheet"|office:spreadsheet)/.test(start)) return { key: 'fileIsWorkbook' };
  if (/^<(!doctype html|html|table|body|head)\b/i.test(start)) return { key: 'fileIsOther', format: 'HTML' };
  if (/^<(\?xml|[a-z]+[\s>])/i.test(start)) return { key: 'fileIsOther', format: 'XML' };
  // A stray control character is a bad value, reported with its line.
  const count = text.match(isUtf16 ? unwritten : controls)?.length ?? 0;
  return count > Math.max(1, text.length / 100) ? { key: 'fileBinary' } : undefined;
}
