import assert from 'node:assert/strict';
import { faultCatalog, type FaultName } from '@muster/contract';

const patterns = Object.entries(faultCatalog).map(([name, entry]) => {
  const text: string = entry.description['en-US'];
  const escaped = text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${escaped.join('[^]*')}$`);
  return { name: name as FaultName, pattern, fixedCharacters: escaped.join('').length };
});
// The most particular description first: some are little more than their places for values.
patterns.sort((one, other) => other.fixedCharacters - one.fixedCharacters);

/** An error answer that was looked at. */
export interface SeenFault {
  readonly name: FaultName;
  readonly description: string;
  readonly data: readonly string[];
}

/** Checks that an answer is a fault of the catalogue, as every client can read it (`docs/wire.md` 5), and tells which. */
export async function readFault(response: Response): Promise<SeenFault> {
  const text = await response.text();
  assert.match(response.headers.get('content-type') ?? '', /^application\/json; charset=utf-8$/, text);
  const fault = JSON.parse(text) as { code: unknown; description: string; data: string[]; source: unknown };
  assert.deepEqual(Object.keys(fault), ['code', 'description', 'data', 'source'], text);
  assert.ok(Array.isArray(fault.data), text);
  assert.ok(fault.description.length <= 1024);
  const found = patterns.find(
    ({ name, pattern }) =>
      faultCatalog[name].status === response.status &&
      faultCatalog[name].code === fault.code &&
      pattern.test(fault.description),
  );
  assert.ok(found, `${response.status} ${text} is no fault of the catalogue`);
  return { name: found.name, description: fault.description, data: fault.data };
}
