import assert from 'node:assert/strict';
import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { deviceOutcomes, faultCatalog } from '@muster/contract';
import { places } from '../../../scripts/import-rules.ts';

const source = fileURLToPath(new URL('../../src/', import.meta.url));

/** Numbers that Microsoft publishes for errors. `1000` is also a plain number, and a status of HTTP claims nothing. */
function publishedNumbers(): string[] {
  const outcomes = Object.values(deviceOutcomes).map(({ errorCode }) => errorCode);
  const faults = Object.values(faultCatalog).map(({ code, status }) =>
    code === String(status) || code === '1000' ? undefined : code,
  );
  return [...new Set([...outcomes, ...faults].filter((code) => code !== undefined))];
}

/** Whether a file belongs to an API, to the token authority, which has a wire of its own, or stands above them. */
function mayNameNumbers(file: string): boolean {
  return /^(apis|authority|boot)\//.test(file);
}

test('no error number of Partner Center is written outside the APIs', async () => {
  const numbers = publishedNumbers();
  assert.ok(numbers.includes('806') && numbers.includes('20002') && numbers.includes('900421'));
  const number = new RegExp(`\\b(${numbers.join('|')})\\b`);
  let checked = 0;
  for await (const file of glob('**/*.ts', { cwd: source })) {
    if (mayNameNumbers(file)) continue;
    checked += 1;
    const found = number.exec(await readFile(`${source}${file}`, 'utf8'))?.[0];
    assert.equal(found, undefined, `${file} names ${found}`);
  }
  assert.ok(checked > 50, `only ${checked} files were checked`);
});

test('only the APIs may import the shapes of an API, types included', () => {
  const shapes = new Set(
    ['index.ts', 'partner-center', 'admin', 'openapi'].map((part) => `contract/src/${part}`),
  );
  for (const { path, imports } of places) {
    if (!path.startsWith('server/src/') || path === 'server/src/apis') continue;
    const found = imports.filter((target) => shapes.has(target));
    assert.deepEqual(found, [], `${path} may import shapes`);
  }
});
