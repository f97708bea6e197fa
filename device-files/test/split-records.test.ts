import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { FileError } from '../src/file-error.ts';
import { splitRecords } from '../src/split-records.ts';
import { chunksOf, collect } from './support/chunks.ts';

async function split(text: string, delimiter = ',', size = 11) {
  return collect(splitRecords({ file: 'f', delimiter }, chunksOf(text, size)));
}

const cell = fc.oneof(
  fc.stringMatching(/^[a-z0-9 ]{0,6}$/),
  fc.stringMatching(/^[a-z]{0,3}$/).map((text) => `"${text}"`),
  fc.stringMatching(/^[a-z,;\n]{0,4}$/).map((text) => `"${text}"`),
  fc.stringMatching(/^[a-z]{1,3}$/).map((text) => `"${text}""${text}"`),
  fc.stringMatching(/^[a-z]{1,3}$/).map((text) => `${text}" x`),
);

/** The records by the rules of RFC 4180; undefined when they are broken. */
function strictly(content: string): string[][] | undefined {
  try {
    const options = { relax_column_count: true, trim: true, record_delimiter: ['\r\n', '\n'] };
    return trimmed(parse(content, options) as string[][]);
  } catch {
    return undefined;
  }
}

function trimmed(records: readonly (readonly string[])[]): string[][] {
  return records.map((cells) => cells.map((value) => value.trim()));
}

test('records are those the CSV parser finds, and refused where it refuses them, whatever is quoted, however the text is cut up', async () => {
  const line = fc.array(cell, { minLength: 2, maxLength: 4 }).map((cells) => cells.join(','));
  const newline = fc.constantFrom('\n', '\r\n');
  const text = fc
    .tuple(fc.array(line, { minLength: 1, maxLength: 6 }), newline)
    .map(([lines, end]) => lines.join(end) + end);
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 30 }), async (content, size) => {
      const expected = strictly(content);
      const records = await split(content, ',', size).catch((fault: FileError) => fault.key);
      // What the library reads as one value of several lines may hold swallowed rows: then the file is refused.
      if (records === 'swallowedRows') assert.match(content, /"[^"]*\n/);
      else if (typeof records === 'string') assert.equal(expected, undefined, records);
      else assert.deepEqual(trimmed(records.map(({ cells }) => cells)), expected);
    }),
    { numRuns: 500 },
  );
});

test('every record knows the line it starts on, past empty lines and values with line ends in them', async () => {
  const text = 'a,b\n\n1,2\n"x\ny",3\n\n4,"q""q"\r\n5,6\n';
  const records = await split(text);
  assert.deepEqual(
    records.map(({ line, cells }) => [line, cells[0]]),
    [
      [1, 'a'],
      [3, '1'],
      [4, 'x\ny'],
      [7, '4'],
      [8, '5'],
    ],
  );
});

test('a quote that is never closed is named with its line', async () => {
  await assert.rejects(
    split('a,b\n1,2\n3,"4\n5,6\n'),
    (fault: FileError) => fault.key === 'unclosedQuote' && fault.values.line === 3,
  );
});

test('a record longer than any device is refused, quoted or not', async () => {
  for (const text of [`a,b\n${'x'.repeat(1_100_000)}`, `a,b\n"${'x\n'.repeat(600_000)}`]) {
    await assert.rejects(split(text, ',', 65_536), (fault: FileError) => fault.key === 'lineTooLong');
  }
});
