import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeUnusableHash } from '../../src/hardware-hash/hardware-hash.ts';
import type { UnusableHashReason } from '../../src/hardware-hash/hardware-hash.ts';

const reasons: Record<UnusableHashReason, true> = {
  'not-base64': true,
  'too-short': true,
  truncated: true,
  checksum: true,
  'no-serial-number': true,
  'no-manufacturer': true,
};

test('each reason is one sentence of its own that says what to do', () => {
  const sentences = (Object.keys(reasons) as UnusableHashReason[]).map(describeUnusableHash);
  assert.equal(new Set(sentences).size, sentences.length);
  for (const sentence of sentences) assert.match(sentence, /^The hardware hash .*collect it again[^.]*\.$/);
});
