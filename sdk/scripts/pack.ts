import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildPackage } from './build-package.ts';

/**
 * `npm pack` and `npm publish` in `sdk/` pack what is built in `dist/`: npm has no setting for another package.json, so
 * the built package's own takes its place before packing and leaves it afterwards.
 */
const file = fileURLToPath(new URL('../package.json', import.meta.url));
const kept = fileURLToPath(new URL('../dist/package.json.kept', import.meta.url));
const [step] = process.argv.slice(2);

if (step === 'before') {
  const dist = fileURLToPath(new URL('../dist/', import.meta.url));
  if (existsSync(kept)) renameSync(kept, file);
  await buildPackage(dist);
  const described = JSON.parse(readFileSync(`${dist}package.json`, 'utf8')) as Record<string, unknown>;
  const packed = { ...described, files: ['dist/**/*.js', 'dist/**/*.d.ts', 'dist/LICENSE', 'API.md'] };
  renameSync(file, kept);
  writeFileSync(file, `${JSON.stringify(packed, null, 2).replaceAll('"./index.', '"./dist/index.')}\n`);
} else if (step === 'after') {
  renameSync(kept, file);
}
