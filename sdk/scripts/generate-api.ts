import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emitDeclarations } from './build-package.ts';
import { describeApi } from './describe-api.ts';

/** Writes `API.md` anew from the sources. */
const directory = mkdtempSync(join(tmpdir(), 'muster-sdk-api-'));
try {
  emitDeclarations(directory);
  writeFileSync(fileURLToPath(new URL('../API.md', import.meta.url)), describeApi(directory));
} finally {
  rmSync(directory, { recursive: true });
}
