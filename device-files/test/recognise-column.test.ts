import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHeader } from '../src/csv-row.ts';
import { recogniseColumn, reportColumns } from '../src/recognise-column.ts';

test('every header of docs/domain.md 2.2 is known, whatever its case and spacing', () => {
  const known = {
    serialNumber: ['Device Serial Number', 'Device serial number', 'Serial Number', 'SERIALNUMBER', 'serial'],
    productKey: ['Windows Product ID', 'Windows product ID', 'productKey', 'PKID'],
    hardwareHash: ['Hardware Hash', 'Hardware hash', 'hardwareHash', 'HARDWARE_HASH'],
    oemManufacturerName: ['Manufacturer name', 'Manufacturer', 'oemManufacturerName'],
    modelName: ['Device model', 'Device Model', 'Model', 'modelName'],
    extra: ['Group Tag', 'OrderID', 'Assigned User'],
    report: [...reportColumns],
  };
  for (const [meaning, names] of Object.entries(known)) {
    for (const name of names) assert.equal(recogniseColumn(name), meaning, name);
  }
});

test('what is no column is not taken for one', () => {
  for (const name of ['', 'Asset', 'constructor', '__proto__', 'x'.repeat(5_000)]) {
    assert.equal(recogniseColumn(name), undefined, name.slice(0, 20));
  }
});

test('a row of device data is no header, even when one value is a column name', () => {
  assert.equal(isHeader(['Serial Number', 'Hardware Hash', '']), true);
  assert.equal(isHeader(['Model', 'T0E=', '5']), false);
  assert.equal(isHeader(['Group Tag', 'OrderID']), false);
  assert.equal(isHeader(['', '']), false);
});
