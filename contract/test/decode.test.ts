import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  ConfigurationPolicyCreationRequest,
  DeviceBatchCreationRequest,
  DeviceUpdateRequest,
  decode,
  policySettings,
} from '@muster/contract';

test('law: members are read in any letters, to the same value', () => {
  const recase = fc.func(fc.boolean());
  fc.assert(
    fc.property(recase, (isUpper) => {
      const change = (text: string): string =>
        [...text]
          .map((letter, at) => (isUpper(text, at) ? letter.toUpperCase() : letter.toLowerCase()))
          .join('');
      const device = {
        [change('serialNumber')]: 'S',
        [change('policies')]: [{ [change('key')]: change('o_o_b_e') }],
      };
      const body = { [change('batchId')]: 'B', [change('devices')]: [device] };
      assert.deepEqual(decode(DeviceBatchCreationRequest, body), {
        batchId: 'B',
        devices: [{ serialNumber: 'S', policies: [{ key: 'o_o_b_e' }] }],
      });
    }),
  );
});

test('law: reading what was read changes nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(fc.jsonValue()), (value, list) => {
      const once = decode(ConfigurationPolicyCreationRequest, {
        name: value,
        policySettings: list,
        category: value,
      });
      assert.deepEqual(decode(ConfigurationPolicyCreationRequest, once), once);
    }),
  );
});

test('law: reading never throws, whatever comes', () => {
  fc.assert(fc.property(fc.anything(), (value) => void decode(DeviceBatchCreationRequest, value)));
});

test('null, unset dates and empty identifiers are absent, also in members that may be left out', () => {
  const body = { id: '', policies: [{ key: null, value: '' }, { value: '0001-01-01T00:00:00' }] };
  assert.deepEqual(decode(DeviceUpdateRequest, body), { policies: [{}, {}] });
});

test('a member that comes twice in different letters counts once: the first', () => {
  assert.deepEqual(decode(DeviceUpdateRequest, { id: 'a', Id: 'b' }), { id: 'a' });
  assert.deepEqual(decode(DeviceUpdateRequest, { id: null, Id: 'b' }), { id: 'b' });
});

test('law: settings come out in order and once each, from names or from the bits of a number', () => {
  fc.assert(
    fc.property(fc.subarray([...policySettings]), (chosen) => {
      const bits = chosen.reduce((sum, name) => sum + 2 ** policySettings.indexOf(name), 0);
      for (const given of [chosen.toReversed(), [...chosen, ...chosen], [chosen.join(', _')], [bits], bits])
        assert.deepEqual(decode(ConfigurationPolicyCreationRequest, { policySettings: given }), {
          policySettings: chosen,
        });
    }),
  );
});

test('a setting there is none of stays as it came, for the validator to name', () => {
  const given = { policySettings: ['skip_eula', 'SkipAll', 32, -1, 1.5] };
  assert.deepEqual(decode(ConfigurationPolicyCreationRequest, given), given);
});
