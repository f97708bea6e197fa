import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeAdminTypes } from './describe-admin-types.ts';
import { describeMusterTypes } from './describe-muster-types.ts';
import { describeWireTypes } from './describe-wire-types.ts';

/** Writes the files of `src/generated/` anew from the contract, in the project's format. */
const directory = new URL('../src/generated/', import.meta.url);
const contents = {
  'wire-types.ts': describeWireTypes(),
  'muster-types.ts': describeMusterTypes(),
  'admin-types.ts': describeAdminTypes(),
};
const oxfmt = fileURLToPath(new URL('../../node_modules/.bin/oxfmt', import.meta.url));
for (const [name, content] of Object.entries(contents)) {
  const file = fileURLToPath(new URL(name, directory));
  writeFileSync(file, content);
  execFileSync(oxfmt, [file]);
}
