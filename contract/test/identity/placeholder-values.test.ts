import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPlaceholder, isPlaceholderUuid } from '../../src/identity/placeholder-values.ts';

test('what firmware says when nothing was filled in is recognised in any case and with white space around it', () => {
  for (const value of [
    'Default string',
    'System Serial Number',
    'To be filled by O.E.M.',
    '0',
    'None',
    '123456789',
  ])
    for (const spelling of [value, value.toUpperCase(), value.toLowerCase(), `  ${value}\t`])
      assert.equal(isPlaceholder(spelling), true, spelling);
  for (const value of ['Not Applicable', 'N/A', 'INVALID', '', ' ', 'xxxxxxx', 'FFFFFFFF', '-'])
    assert.equal(isPlaceholder(value), true, value);
});

test('real serial numbers and models are not placeholders, even those with one in them', () => {
  for (const value of [
    'PF4XZ19K',
    '5CG3471KXN',
    '027384592853',
    '0000000001',
    '21HMCTO1WW',
    'None-1',
    'Default string 7',
    'OEM-4711',
  ])
    assert.equal(isPlaceholder(value), false, value);
});

test('UUIDs that many machines share are recognised in any case, real ones are not', () => {
  for (const uuid of [
    '03000200-0400-0500-0006-000700080009',
    'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
    'fefefefe-fefe-fefe-fefe-fefefefefefe',
  ])
    assert.equal(isPlaceholderUuid(uuid), true, uuid);
  for (const uuid of ['4c4c4544-0042-4a10-8043-b7c04f564633', '00000000-0000-0000-0000-e0d55e123456'])
    assert.equal(isPlaceholderUuid(uuid), false, uuid);
});

test('a letter or two, and the word test, are names that somebody chose', () => {
  for (const value of ['X', 'm', 'AA', 'é', 'Test']) assert.equal(isPlaceholder(value), false, value);
  for (const value of ['xxx', '1', '00', '--', '. ']) assert.equal(isPlaceholder(value), true, value);
});
