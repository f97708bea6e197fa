import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { read, readBytes, type Read } from './support/read.ts';

const dialect = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  isQuoted: fc.boolean(),
});
const word = fc.stringMatching(/^[A-Za-z0-9]{1,8}( [A-Za-z0-9]{1,4})?$/);
const note = fc.oneof(word, fc.constant(''));
const machines = fc.array(fc.tuple(word, word, word, note), { minLength: 1, maxLength: 6 });

type Dialect = typeof dialect extends fc.Arbitrary<infer T> ? T : never;

function write(how: Dialect, rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => (how.isQuoted ? `"${text}"` : text);
  const lines = [['Serial Number', 'Manufacturer', 'Model', 'Note'], ...rows];
  return lines.map((cells) => cells.map(cell).join(how.delimiter) + how.newline).join('');
}

function toDevices(rows: readonly (readonly string[])[]): object[] {
  return rows.map(([serialNumber, oemManufacturerName, modelName]) => ({
    serialNumber,
    oemManufacturerName,
    modelName,
  }));
}

/** Every refusal names a line; without one, the file gives the same number of devices as before. */
function assertWhole({ devices, refusals }: Read, expected: readonly object[]): boolean {
  for (const [, line] of refusals) assert.equal(typeof line, 'number');
  if (refusals.length > 0) return false;
  assert.equal(devices.length, expected.length, 'devices are missing without a word');
  return true;
}

const place = fc.double({ min: 0, max: 0.999, noNaN: true });

test('a file in any dialect with a character put in anywhere gives the same devices, or a refusal that names a line', async () => {
  const damage = fc.constantFrom(
    '"',
    '""',
    '\u200B',
    '\u00A0',
    '\uFEFF',
    '\0',
    '#N/A',
    '"\n',
    '\n',
    '\r',
    ',',
    ';',
    '|',
    '\t',
  );
  await fc.assert(
    fc.asyncProperty(dialect, machines, damage, place, async (how, rows, mark, where) => {
      const text = write(how, rows);
      const expected = toDevices(rows);
      assert.deepEqual((await read(text)).devices, expected);
      const afterHeader = text.indexOf(how.newline) + how.newline.length;
      const at = afterHeader + Math.floor((text.length - afterHeader) * where);
      const found = await read(text.slice(0, at) + mark + text.slice(at));
      if (!assertWhole(found, expected)) return;
      for (const [index, device] of found.devices.entries()) assertSameBut(device, expected[index], mark);
    }),
    { numRuns: 500 },
  );
});

test('a file in any dialect that lost a separator, a quotation mark or a line end gives the same devices, or a refusal that names a line', async () => {
  await fc.assert(
    fc.asyncProperty(dialect, machines, place, async (how, rows, where) => {
      const text = write(how, rows);
      const expected = toDevices(rows);
      const marks = [...text.matchAll(/["\r\n,;|\t]/g)].map(({ index }) => index);
      const at = marks[Math.floor(marks.length * where)] ?? 0;
      const found = await read(text.slice(0, at) + text.slice(at + 1));
      if (assertWhole(found, expected)) assert.deepEqual(found.devices, expected);
    }),
    { numRuns: 500 },
  );
});

/** A character that anybody sees may be meant; one that nobody sees may not change a value. */
function assertSameBut(device: object, expected: object | undefined, mark: string): void {
  const isSeen = mark.trim() !== '' && !/[\u200B\0]/.test(mark);
  const strip = (value: object | undefined): string => {
    const text = JSON.stringify(value);
    return isSeen ? text.replaceAll(JSON.stringify(mark).slice(1, -1), '').replaceAll('\\"', '') : text;
  };
  assert.equal(strip(device), strip(expected));
}

async function problemOf(serialNumber: string): Promise<unknown> {
  const { refusals } = await read(`Serial Number,Manufacturer,Model\n"${serialNumber}",Contoso,Book 3\n`);
  return refusals[0]?.[0];
}

test('a serial number with a character outside ASCII is never read without a word', async () => {
  const other = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 2 })
    .filter((text) => /[^\0-\x7F]/.test(text) && !/["\n\r]/.test(text));
  await fc.assert(
    fc.asyncProperty(word, other, word, async (before, mark, after) => {
      assert.equal(typeof (await problemOf(before + mark + after)), 'string', mark);
    }),
  );
});

test('a serial number that a spreadsheet made a date is found, in the usual formats', async () => {
  const date = fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
  const languages = fc.constantFrom('en-US', 'en-GB', 'de-DE', 'ja-JP');
  const formats = fc.constantFrom<Intl.DateTimeFormatOptions>(
    { day: 'numeric', month: 'numeric', year: 'numeric' },
    { day: '2-digit', month: '2-digit', year: 'numeric' },
  );
  await fc.assert(
    fc.asyncProperty(date, languages, formats, async (when, language, format) => {
      const text = when.toLocaleDateString(language, { ...format, timeZone: 'UTC' });
      assert.equal(await problemOf(text), 'valueRounded', text);
      const month = when.toLocaleDateString('en-US', { month: 'short', timeZone: 'UTC' });
      for (const short of [`${when.getUTCDate()}-${month}`, `${month}-${when.getUTCFullYear()}`])
        assert.equal(await problemOf(short), 'valueRounded', short);
    }),
  );
});

test('serial numbers of letters and digits, as manufacturers write them, are found nothing wrong with', async () => {
  const serial = fc.stringMatching(
    /^([A-Z]{2,4}\d[A-Z0-9]{4,8}|\d{4}-\d{4}-\d{4}-\d{4}|[0-9A-F]{7}|\d{12})$/,
  );
  await fc.assert(
    fc.asyncProperty(serial, async (text) => {
      if (!/^\d+E\d+$/.test(text)) assert.equal(await problemOf(text), undefined, text);
    }),
  );
});

test('rows of a character set that is neither Unicode nor Western are refused', async () => {
  const bytes = fc.uint8Array({ min: 0xc0, max: 0xff, minLength: 5, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(bytes, async (name) => {
      const start = new TextEncoder().encode('Serial Number,Manufacturer,Model\nA1,Contoso,B\nA2,');
      const found = await readBytes(Buffer.concat([start, name, Buffer.from(',Book 3\n')]));
      assert.deepEqual(found.refusals, [['badEncoding', 3]]);
    }),
  );
});
