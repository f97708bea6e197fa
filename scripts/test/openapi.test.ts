import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { committedDocuments } from '../generate-openapi.ts';

test("the OpenAPI documents in docs/ are the code's: `npm run generate` would change nothing", async () => {
  for (const [file, document] of committedDocuments())
    assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), document);
});
