import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedPolicy } from '../../src/apis/partner-center/parse-upload.ts';

test('the last entry that names a policy counts', () => {
  const key = 'o_o_b_e';
  assert.equal(askedPolicy([{ key, value: 'a' }, { key, value: 'b' }, { key }]), 'b');
});

test('an empty list, and entries without a value, ask for no policy', () => {
  assert.equal(askedPolicy([]), '');
  assert.equal(askedPolicy([{ key: 'o_o_b_e' }]), '');
});

test('without a list nothing was asked', () => {
  assert.equal(askedPolicy(undefined), undefined);
});
