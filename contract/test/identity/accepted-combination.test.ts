import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { hasAcceptedCombination } from '../../src/identity/accepted-combination.ts';

const name = {
  serialNumber: 'R9-ZNP67',
  oemManufacturerName: 'Microsoft Corporation',
  modelName: 'Surface Laptop',
};
const { serialNumber } = name;

test('the six documented combinations are accepted', () => {
  const hardwareHash = 'DummyHash123';
  const productKey = '00329-00000-00003-AA606';
  for (const device of [
    { hardwareHash, productKey },
    { hardwareHash, serialNumber },
    { hardwareHash, productKey, serialNumber },
    { hardwareHash },
    { productKey },
    name,
  ])
    assert.equal(hasAcceptedCombination(device), true);
});

test('nothing less is accepted: each name member is needed when there is no hash and no product key', () => {
  for (const member of ['serialNumber', 'oemManufacturerName', 'modelName'] as const)
    assert.equal(hasAcceptedCombination({ ...name, [member]: undefined }), false);
  assert.equal(hasAcceptedCombination({ serialNumber }), false);
  assert.equal(hasAcceptedCombination({}), false);
});

test('empty and white space count as absent', () => {
  const blank = fc.constantFrom('', ' ', '\t\r\n', '\u00a0', undefined);
  fc.assert(
    fc.property(blank, blank, blank, (hardwareHash, productKey, modelName) => {
      assert.equal(hasAcceptedCombination({ ...name, hardwareHash, productKey, modelName }), false);
    }),
  );
});
