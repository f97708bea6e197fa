import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toEntityTag, versionsToMatch } from '../../src/apis/partner-center/policy-endpoints.ts';

test('a tag is recognised with quotes, without, marked as weak, and among others', () => {
  const tag = toEntityTag(12);
  for (const header of [tag, `"${tag}"`, `W/"${tag}"`, `"9", "${tag}"`, ` "${tag}" `])
    assert.ok(versionsToMatch(header)?.includes(12), header);
});

test('no header, an empty one and * match any version', () => {
  for (const header of [undefined, '', ' ', '*']) assert.equal(versionsToMatch(header), undefined);
});

test('a text that is no tag of ours matches no version', () => {
  for (const header of ['"abc"', 'W/', '"-1"', '99999999999999999999'])
    assert.deepEqual(versionsToMatch(header), [], header);
});
