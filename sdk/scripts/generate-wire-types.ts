import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeWireTypes } from './describe-wire-types.ts';

/** Writes `src/generated/wire-types.ts` anew from the contract, in the project's format. */
const file = fileURLToPath(new URL('../src/generated/wire-types.ts', import.meta.url));
writeFileSync(file, describeWireTypes());
execFileSync(fileURLToPath(new URL('../../node_modules/.bin/oxfmt', import.meta.url)), [file]);
