import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decideOutcomes, type Decision } from '../../src/registrars/local/decide-outcomes.ts';
import type { JobDevice } from '../../src/store/jobs/batch-jobs.ts';
import type { UploadDevice } from '../../src/registrars/registrar.ts';
import type { KnownDevice } from '../../src/store/registry/registered-devices.ts';

const ours = 'customer-a';

function device(deviceId: string, ...identityKeys: string[]): JobDevice {
  return { deviceId, identityKeys };
}

function decide(
  devices: UploadDevice[],
  known: KnownDevice[] = [],
  settled: Decision['settled'] = [],
): string[] {
  return decideOutcomes({ customerId: ours, devices, known, settled });
}

function knownAs(identityKey: string, deviceId: string, customerId = ours): KnownDevice {
  return { identityKey, deviceId, customerId };
}

test('a device nobody knows is registered', () => {
  assert.deepEqual(decide([device('1', 'a')]), ['succeeded']);
});

test('a device of the same customer is 806, of another one 808', () => {
  const known = [knownAs('a', 'x'), knownAs('b', 'y', 'customer-b')];
  assert.deepEqual(decide([device('1', 'a'), device('2', 'b')], known), [
    'ZtdDeviceAlreadyAssigned',
    'ZtdDeviceAssignedToOtherTenant',
  ]);
});

test('the first of two equal devices counts, whatever became of it, and the other is a duplicate', () => {
  assert.deepEqual(decide([device('1', 'a'), device('2', 'a')]), ['succeeded', 'ZtdDeviceDuplicated']);
  assert.deepEqual(decide([device('1', 'a'), device('2', 'a')], [knownAs('a', 'x')]), [
    'ZtdDeviceAlreadyAssigned',
    'ZtdDeviceDuplicated',
  ]);
});

test('a device is a duplicate also through a key that only the earlier row has in common with it', () => {
  const known = [knownAs('a', 'x')];
  assert.deepEqual(decide([device('1', 'a', 'c'), device('2', 'c')], known), [
    'ZtdDeviceAlreadyAssigned',
    'ZtdDeviceDuplicated',
  ]);
});

test('keys that point at two different devices are 813, also when one of them is new in this upload', () => {
  assert.deepEqual(decide([device('1', 'a', 'b')], [knownAs('a', 'x'), knownAs('b', 'y')]), [
    'ZtdDeviceIsNotUnique',
  ]);
  assert.deepEqual(decide([device('1', 'a'), device('2', 'a', 'b')], [knownAs('b', 'y')]), [
    'succeeded',
    'ZtdDeviceIsNotUnique',
  ]);
  assert.deepEqual(decide([device('1', 'a'), device('2', 'b'), device('3', 'a', 'b')]), [
    'succeeded',
    'succeeded',
    'ZtdDeviceIsNotUnique',
  ]);
});

test('a refused device keeps its refusal and is nobody', () => {
  const refused: JobDevice = { deviceId: '1', identityKeys: [], refusal: 'InvalidZtdHardwareHash' };
  assert.deepEqual(decide([refused, device('2', 'a')]), ['InvalidZtdHardwareHash', 'succeeded']);
});

const noPolicy = 'ZtdProfileIsNotRegistered';

test('a device that could be registered, but not with its policy, is not registered; its twin is a duplicate', () => {
  const asking = { ...device('1', 'a'), policyFailure: noPolicy } as const;
  assert.deepEqual(decide([asking, device('2', 'a')]), [noPolicy, 'ZtdDeviceDuplicated']);
});

test('a device that is known is told so, whatever policy it asks for', () => {
  const asking = { ...device('1', 'a'), policyFailure: noPolicy } as const;
  assert.deepEqual(decide([asking], [knownAs('a', 'x')]), ['ZtdDeviceAlreadyAssigned']);
});

const keys = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 3 })
  .map((list) => [...new Set(list)]);
const uploads = fc
  .array(keys, { maxLength: 12 })
  .map((lists) => lists.map((list, index) => device(`new-${index}`, ...list)));
/** The same, some of them asking for a policy they cannot have. */
const askingUploads = fc
  .tuple(uploads, fc.infiniteStream(fc.boolean()))
  .map(([devices, isAsking]) =>
    devices.map((one): UploadDevice => (isAsking.next().value ? { ...one, policyFailure: noPolicy } : one)),
  );
const registries = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.constantFrom('x', 'y', 'z')), {
    selector: ([key]) => key,
  })
  .map((entries) => entries.map(([key, id]) => knownAs(key, id, id === 'z' ? 'customer-b' : ours)));

test('law: registered devices share no key with each other nor with the registry', () => {
  fc.assert(
    fc.property(uploads, registries, (devices, known) => {
      const outcomes = decide(devices, known);
      const taken = new Set(known.map((one) => one.identityKey));
      devices.forEach((one, index) => {
        if (outcomes[index] !== 'succeeded') return;
        for (const key of one.identityKeys) {
          assert.ok(!taken.has(key));
          taken.add(key);
        }
      });
    }),
  );
});

test('law: a device that is not registered shares a key with the registry or with an earlier device', () => {
  fc.assert(
    fc.property(uploads, registries, (devices, known) => {
      const seen = new Set(known.map((one) => one.identityKey));
      decide(devices, known).forEach((outcome, index) => {
        const own = devices[index]?.identityKeys ?? [];
        if (outcome !== 'succeeded') assert.ok(own.some((key) => seen.has(key)));
        for (const key of own) seen.add(key);
      });
    }),
  );
});

test('law: a job resumed after any device, with what it registered by then, comes to the same outcomes', () => {
  fc.assert(
    fc.property(askingUploads, registries, fc.nat(12), (devices, known, at) => {
      const whole = decide(devices, known);
      const settled = whole.slice(0, at) as Decision['settled'];
      const registered = devices.slice(0, at).filter((_, index) => whole[index] === 'succeeded');
      const now = [
        ...known,
        ...registered.flatMap((one) => one.identityKeys.map((key) => knownAs(key, one.deviceId))),
      ];
      assert.deepEqual(decide(devices, now, settled), whole);
    }),
  );
});
