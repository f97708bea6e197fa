import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { describeAdminTypes } from '../scripts/describe-admin-types.ts';
import { describeMusterTypes } from '../scripts/describe-muster-types.ts';
import { describeWireTypes } from '../scripts/describe-wire-types.ts';

const contents = {
  'wire-types.ts': describeWireTypes(),
  'muster-types.ts': describeMusterTypes(),
  'admin-types.ts': describeAdminTypes(),
};

for (const [name, content] of Object.entries(contents)) {
  test(`the SDK's ${name} matches the contract (else run: node sdk/scripts/generate-wire-types.ts)`, () => {
    const oxfmt = fileURLToPath(new URL('../../node_modules/.bin/oxfmt', import.meta.url));
    const file = fileURLToPath(new URL(`../src/generated/${name}`, import.meta.url));
    const cwd = fileURLToPath(new URL('../..', import.meta.url));
    const formatted = execFileSync(oxfmt, [`--stdin-filepath=${file}`], { input: content, cwd });
    assert.equal(readFileSync(file, 'utf8'), formatted.toString());
  });
}
