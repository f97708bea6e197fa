import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceOutcomes } from '@muster/contract/device-outcomes';
import {
  explainDeviceFailure,
  isDeviceAlreadyAssigned,
  isDeviceAssignedElsewhere,
  isFailureRetryable,
} from '../src/index.ts';

const status = 'finished_with_errors';

test('every failure of the catalogue is explained, in both languages, by its name and by its number', () => {
  for (const [name, { errorCode }] of Object.entries(deviceOutcomes)) {
    const explanation = explainDeviceFailure({ status, errorDescription: name });
    assert.equal(explanation?.name, name);
    assert.ok(explanation.meaning && explanation.remedy);
    assert.notEqual(
      explainDeviceFailure({ status, errorDescription: name }, 'zh-TW')?.remedy,
      explanation.remedy,
    );
    if (errorCode !== undefined) assert.equal(explainDeviceFailure({ status, errorCode })?.name, name);
  }
});

test('the name decides over the number: one number has been seen with two names', () => {
  const device = { status, errorCode: '806', errorDescription: 'ZtdDeviceAssignedToOtherTenant' } as const;
  assert.equal(isDeviceAssignedElsewhere(device), true);
  assert.equal(isDeviceAlreadyAssigned(device), false);
});

test("the other spelling of Microsoft's pages is known", () => {
  assert.equal(
    isDeviceAssignedElsewhere({ status, errorDescription: 'ZtdDeviceAssignedToAnotherTenant' }),
    true,
  );
});

test('a device that succeeded has no failure, and an unknown failure no explanation', () => {
  assert.equal(explainDeviceFailure({ status: 'finished', errorCode: '808' }), undefined);
  assert.equal(explainDeviceFailure({ status, errorCode: '999', errorDescription: 'New' }), undefined);
});

test('only a failure of the store is worth the same upload again', () => {
  assert.equal(isFailureRetryable({ status, errorDescription: 'StorageError' }), true);
  assert.equal(isFailureRetryable({ status, errorDescription: 'InvalidZtdHardwareHash' }), false);
});
