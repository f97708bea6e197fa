import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FileError } from '../src/file-error.ts';
import { decodeText } from '../src/decode-text.ts';
import { chunksOf, collect } from './support/chunks.ts';

async function decode(bytes: Uint8Array, chunkBytes = 7): Promise<string> {
  return (await collect(decodeText('f', chunksOf(bytes, chunkBytes)))).join('');
}

function utf16(text: string, isBigEndian: boolean, hasMark: boolean): Uint8Array {
  const bytes = Buffer.from(hasMark ? `\uFEFF${text}` : text, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
}

const line = fc.stringMatching(/^[ -~éüß漢字]{0,40}$/);
const anyText = fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => `A${lines.join('\r\n')}`);

test('a text comes out the same from UTF-8 and UTF-16 of either order with a mark, however it is cut up', async () => {
  const chunkBytes = fc.integer({ min: 1, max: 50 });
  await fc.assert(
    fc.asyncProperty(anyText, chunkBytes, async (text, size) => {
      const utf8 = Buffer.from(text);
      assert.equal(await decode(utf8, size), text);
      assert.equal(await decode(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8]), size), text);
      assert.equal(await decode(utf16(text, false, true), size), text);
      assert.equal(await decode(utf16(text, true, true), size), text);
    }),
    { numRuns: 100 },
  );
});

test('lines that end in a carriage return alone are lines, in any encoding', async () => {
  const text = 'Device Serial Number,Hardware Hash\r001 é,T0E\r';
  const lines = text.replaceAll('\r', '\n');
  assert.equal(await decode(Buffer.from(text)), lines);
  assert.equal(await decode(Buffer.from(text, 'latin1')), lines);
  assert.equal(await decode(utf16(text, false, true)), lines);
  assert.equal(await decode(utf16(text, true, true)), lines);
  const windows = text.replaceAll('\r', '\r\n');
  assert.equal(await decode(Buffer.from(windows)), windows);
  for (const size of [1, 2, 3])
    assert.equal(await decode(Buffer.from('a\rb\r\nc\nd\r'), size), 'a\nb\r\nc\nd\n');
});

test('UTF-16 that is cut off, or has half a character in it, is refused with its line', async () => {
  for (const [bytes, line] of [
    [utf16('a\nb\uD800\nc', false, true), 1],
    [Buffer.concat([utf16('a\nb\n', false, true), Buffer.from('x')]), 3],
  ] as const) {
    await assert.rejects(decode(bytes, 1_000), (fault) => {
      assert.ok(fault instanceof FileError);
      assert.deepEqual([fault.key, fault.values.line], ['badEncoding', line]);
      return true;
    });
  }
});

test('UTF-16 without a mark is recognised by its zero bytes', async () => {
  const text = 'Device Serial Number,Hardware Hash\r\n001,T0E\r\n';
  assert.equal(await decode(utf16(text, false, false)), text);
  assert.equal(await decode(utf16(text, true, false)), text);
});

test('a text in Windows-1252 is read as such, also when its first such letter comes late', async () => {
  const start = 'Serial Number\r\n'.repeat(1_000);
  const bytes = Buffer.concat([Buffer.from(start), Buffer.from([0x4d, 0xfc, 0x80, 0x0a])]);
  assert.equal(await decode(bytes, 100), `${start}Mü€\n`);
});

test('a UTF-8 text with a byte that cannot be is refused with the line, not guessed at', async () => {
  const bytes = Buffer.concat([Buffer.from('a\né\nb'), Buffer.from([0xff, 0x0a])]);
  await assert.rejects(
    decode(bytes),
    (fault: FileError) => fault.key === 'badEncoding' && fault.values.line === 3,
  );
});

const zip = (...names: string[]) => Buffer.from(names.map((name) => `PK\u0003\u0004....${name}`).join('..'));
const compound = (stream: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(stream, 'utf16le')]);

test('what is no text is called what it is', async () => {
  const cases = [
    [zip('[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml'), 'fileIsWorkbook', undefined],
    [zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'), 'fileIsWorkbook', undefined],
    [compound('Workbook'), 'fileIsWorkbook', undefined],
    [
      Buffer.from('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>'),
      'fileIsWorkbook',
      undefined,
    ],
    [zip('devices.csv'), 'fileIsCompressed', 'ZIP'],
    [zip('[Content_Types].xml', 'word/document.xml'), 'fileIsOther', 'Word'],
    [compound('WordDocument'), 'fileIsOther', 'OLE (.xls, .doc, .msg)'],
    [Buffer.from([0x1f, 0x8b, 8, 0]), 'fileIsCompressed', 'gzip'],
    [Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'), 'fileIsCompressed', '7-Zip'],
    [Buffer.from('%PDF-1.7\n'), 'fileIsOther', 'PDF'],
    [Buffer.from('\x89PNG\r\n', 'latin1'), 'fileIsOther', 'PNG'],
    [Buffer.from('{\\rtf1 A1}'), 'fileIsOther', 'RTF'],
    [Buffer.from('<!DOCTYPE html><table>'), 'fileIsOther', 'HTML'],
    [utf16('<html><body>', false, true), 'fileIsOther', 'HTML'],
    [utf16('\u0001\u0002\uE000\uFFFF'.repeat(50), false, true), 'fileBinary', undefined],
    [Buffer.from([0x41, 0, 0, 0, 0x42, 1, 2, 3]), 'fileBinary', undefined],
    [Buffer.alloc(0), 'fileEmpty', undefined],
  ] as const;
  for (const [bytes, key, format] of cases)
    await assert.rejects(decode(bytes), (fault: FileError) => {
      assert.deepEqual([fault.key, fault.values.format], [key, format]);
      return true;
    });
});

test('a line of 200 MB is refused before it fills the memory', async () => {
  let chunksRead = 0;
  async function* endless() {
    for (; chunksRead < 200; chunksRead += 1) yield Buffer.alloc(1_000_000, 'a');
  }
  await assert.rejects(
    collect(decodeText('f', endless())),
    (fault: FileError) => fault.key === 'lineTooLong' && fault.values.line === 1,
  );
  assert.ok(chunksRead < 10);
});
