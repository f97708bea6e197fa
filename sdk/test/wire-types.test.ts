import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { describeWireTypes } from '../scripts/describe-wire-types.ts';

test("the SDK's wire types are those of the contract (else run: node sdk/scripts/generate-wire-types.ts)", () => {
  const oxfmt = fileURLToPath(new URL('../../node_modules/.bin/oxfmt', import.meta.url));
  const file = fileURLToPath(new URL('../src/generated/wire-types.ts', import.meta.url));
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const formatted = execFileSync(oxfmt, [`--stdin-filepath=${file}`], { input: describeWireTypes(), cwd });
  assert.equal(readFileSync(file, 'utf8'), formatted.toString());
});
