import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitJson } from '../src/split-json.ts';
import { chunksOf, collect } from './support/chunks.ts';

const options = { limit: 1_000_000, toError: (fault: string, line: number) => new Error(`${fault} ${line}`) };

const object = fc.dictionary(
  fc.string({ unit: 'grapheme', maxLength: 5 }),
  fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('\\', '"', '\\"', ']}', '[{', ','),
    fc.jsonValue({ maxDepth: 2 }),
  ),
  { maxKeys: 4 },
);

test('the values of an array and of NDJSON come out as they went in, however the text is cut up', async () => {
  const indent = fc.constantFrom(0, 2);
  const size = fc.integer({ min: 1, max: 40 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(object, { minLength: 1, maxLength: 5 }),
      indent,
      size,
      async (objects, space, chunk) => {
        const texts = [
          JSON.stringify(objects, null, space),
          `${objects.map((value) => JSON.stringify(value, null, space)).join('\n')}\n`,
        ];
        for (const text of texts) {
          const values = await collect(splitJson(chunksOf(text, chunk), options));
          assert.deepEqual(
            values.map((value) => JSON.parse(value.text) as unknown),
            JSON.parse(JSON.stringify(objects)) as unknown,
          );
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('each value knows the line it starts on', async () => {
  const values = await collect(
    splitJson(chunksOf('[\n  {"a":1},\n  {\n "b":2\n },\n\n {"c":3}\n]\n', 5), options),
  );
  assert.deepEqual(
    values.map(({ line }) => line),
    [2, 3, 7],
  );
});

test('a text that ends within a value is an error, not a shorter list', async () => {
  for (const text of ['[{"a":1}', '[{"a":1},', '{"a":"', '[{"a":{']) {
    await assert.rejects(collect(splitJson(chunksOf(text, 3), options)), /unfinished/, text);
  }
});

test('a value above the limit is refused', async () => {
  const text = `[{"a":"${'x'.repeat(200)}"}]`;
  await assert.rejects(collect(splitJson(chunksOf(text, 16), { ...options, limit: 100 })), /tooLong 1/);
});
