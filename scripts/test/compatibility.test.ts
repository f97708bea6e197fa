import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { deviceOutcomes, operations } from '@muster/contract';
import { withContractTables } from '../generate-compatibility.ts';

const guide = await readFile(new URL('../../docs/compatibility.md', import.meta.url), 'utf8');

test("the compatibility guide's tables are the contract's: `npm run generate` would change nothing", () => {
  assert.equal(guide, withContractTables(guide));
});

test('the compatibility guide names every operation and every outcome of a device', () => {
  for (const id of Object.keys(operations)) assert.ok(guide.includes(`[\`${id}\`]`), id);
  for (const name of Object.keys(deviceOutcomes)) assert.ok(guide.includes(name), name);
});
