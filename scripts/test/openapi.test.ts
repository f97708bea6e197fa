import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { committedOpenApi } from '../generate-openapi.ts';

test("docs/openapi.json is the code's: `npm run generate` would change nothing", async () => {
  const file = await readFile(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
  assert.deepEqual(JSON.parse(file), committedOpenApi());
});
