import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decodeHardwareHash } from '../../src/hardware-hash/decode-hardware-hash.ts';
import { encodeHardwareHash } from '../../testing/encode-hardware-hash.ts';
import type { HardwareHashFacts } from '../../src/hardware-hash/hardware-hash.ts';
import { identityKeys, type IdentifiableDevice } from '../../src/identity/identity-keys.ts';
import { isPlaceholder } from '../../src/identity/placeholder-values.ts';

const realText = fc
  .stringMatching(/^[A-Z0-9][A-Za-z0-9 -]{4,20}[A-Z0-9]$/)
  .filter((text) => !isPlaceholder(text));

const machine = fc.record({
  serialNumber: realText,
  manufacturer: fc.constantFrom('Dell Inc.', 'HP', 'LENOVO'),
  model: realText,
  smbiosUuid: fc.uuid(),
  offlineDeviceId: fc.stringMatching(/^[0-9a-f]{64}$/),
});

const placeholder = fc.constantFrom(
  'Default string',
  'System Serial Number',
  ' TO BE FILLED BY O.E.M. ',
  'System Product Name',
  'Not Applicable',
  'INVALID',
  'None',
  'n/a',
  '123456789',
  '00000000',
  'XXXXXXXX',
  '0',
  '',
  '  ',
);

/** The machine's hash as made at some moment, on some disk. */
function hashOf(facts: HardwareHashFacts, made = { seconds: 1, disk: 'A' }) {
  const generatedAt = new Date(Date.UTC(2024, 0, 1) + made.seconds * 1000);
  const text = encodeHardwareHash({ ...facts, osVersion: '10.0.22631.1', generatedAt }, [
    { type: 7, data: Buffer.from(made.disk) },
  ]);
  const decoded = decodeHardwareHash(text);
  assert.ok(decoded.usable);
  return decoded;
}

function shared(one: IdentifiableDevice, other: IdentifiableDevice): string[] {
  const known = new Set(identityKeys(other));
  return identityKeys(one).filter((key) => known.has(key));
}

test('a machine whose hash was made again, later and with a new disk, is recognised', () => {
  fc.assert(
    fc.property(machine, fc.nat(1e6), (facts, seconds) => {
      const first = hashOf(facts);
      const again = hashOf(facts, { seconds: seconds + 2, disk: 'B' });
      assert.notEqual(first.digest, again.digest);
      assert.equal(shared({ hash: first }, { hash: again }).length, 3);
    }),
  );
});

test('each of TPM, SMBIOS UUID and serial number + manufacturer + model is enough to recognise a machine', () => {
  fc.assert(
    fc.property(machine, machine, (one, other) => {
      fc.pre(one.serialNumber !== other.serialNumber);
      const { offlineDeviceId, smbiosUuid, ...name } = one;
      for (const same of [{ offlineDeviceId }, { smbiosUuid }, name])
        assert.equal(shared({ hash: hashOf(one) }, { hash: hashOf({ ...other, ...same }) }).length, 1);
    }),
  );
});

test('machines that differ in every value share no key', () => {
  fc.assert(
    fc.property(machine, machine, realText, realText, (one, other, oneKey, otherKey) => {
      fc.pre(one.serialNumber !== other.serialNumber && oneKey !== otherKey);
      const given = { productKey: oneKey, serialNumber: one.serialNumber };
      assert.deepEqual(
        shared({ ...given, hash: hashOf(one) }, { productKey: otherKey, hash: hashOf(other) }),
        [],
      );
      assert.deepEqual(shared({ productKey: oneKey }, { productKey: otherKey }), []);
    }),
  );
});

test('members given by hand meet what the hash says, whatever white space is around them', () => {
  fc.assert(
    fc.property(machine, (facts) => {
      const given = {
        serialNumber: `  ${facts.serialNumber}\t`,
        oemManufacturerName: `${facts.manufacturer} `,
        modelName: ` ${facts.model}`,
      };
      assert.equal(shared(given, { hash: hashOf(facts) }).length, 1);
      assert.deepEqual(
        identityKeys({ ...given, hash: hashOf(facts) }),
        identityKeys({ hash: hashOf(facts) }),
      );
    }),
  );
});

test('manufacturer, model and serial number are compared with regard to case', () => {
  const device = { serialNumber: 'PF4XZ19K', oemManufacturerName: 'LENOVO', modelName: '21HM' };
  assert.deepEqual(shared(device, { ...device, oemManufacturerName: 'Lenovo' }), []);
});

test('the parts of a name do not run together', () => {
  const one = { serialNumber: 'AB', oemManufacturerName: 'CD', modelName: 'EF' };
  assert.deepEqual(shared(one, { serialNumber: 'ABC', oemManufacturerName: 'D', modelName: 'EF' }), []);
  assert.deepEqual(shared(one, { serialNumber: 'CD', oemManufacturerName: 'AB', modelName: 'EF' }), []);
});

test('a placeholder in any member makes no key', () => {
  const members = fc.constantFrom('serialNumber', 'oemManufacturerName', 'modelName');
  fc.assert(
    fc.property(machine, placeholder, members, (facts, filler, member) => {
      const { serialNumber, manufacturer, model } = facts;
      const device = { serialNumber, oemManufacturerName: manufacturer, modelName: model, [member]: filler };
      assert.deepEqual(identityKeys(device), []);
      assert.deepEqual(identityKeys({ productKey: filler }), []);
    }),
  );
});

test('placeholders inside a hash leave only the hash itself as a key', () => {
  const uuids = ['0'.repeat(8), 'f'.repeat(8), 'fe'.repeat(4)].map(
    (part) => `${part}-${part.slice(4)}-${part.slice(4)}-${part.slice(4)}-${part}${part.slice(4)}`,
  );
  const wellKnown = ['03000200-0400-0500-0006-000700080009', '00020003-0004-0005-0006-000700080009'];
  const emptyDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  for (const smbiosUuid of [...uuids, ...wellKnown]) {
    for (const offlineDeviceId of ['0'.repeat(64), 'f'.repeat(64), emptyDigest]) {
      const facts = { serialNumber: 'Default string', manufacturer: 'ASUS', model: 'All Series', smbiosUuid };
      assert.equal(identityKeys({ hash: hashOf({ ...facts, offlineDeviceId }) }).length, 1, smbiosUuid);
    }
  }
});

test('a product key counts only when nothing stronger made a key', () => {
  const productKey = '00329-00000-00003-AA606';
  const name = { serialNumber: 'PF4XZ19K', oemManufacturerName: 'LENOVO', modelName: '21HM' };
  assert.equal(identityKeys({ productKey }).length, 1);
  assert.deepEqual(identityKeys({ ...name, productKey }), identityKeys(name));
  const unnamed = { ...name, serialNumber: 'None', productKey };
  assert.deepEqual(identityKeys(unnamed), identityKeys({ productKey }));
});

test('a serial number alone makes no key', () => {
  assert.deepEqual(identityKeys({ serialNumber: 'PF4XZ19K' }), []);
  assert.deepEqual(identityKeys({}), []);
});

test('the order of members does not matter, no key comes twice, and every key is a lower-case GUID', () => {
  fc.assert(
    fc.property(
      machine,
      realText,
      fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
      (facts, productKey, order) => {
        const { serialNumber, manufacturer, model } = facts;
        const device = {
          serialNumber,
          productKey,
          oemManufacturerName: manufacturer,
          modelName: model,
          hash: hashOf(facts),
        };
        const entries = Object.entries(device).sort((_a, _b) => (order.pop() ?? 0) - (order.pop() ?? 0));
        const keys = identityKeys(device);
        assert.deepEqual(identityKeys(Object.fromEntries(entries)), keys);
        assert.equal(new Set(keys).size, keys.length);
        for (const key of keys) assert.match(key, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      },
    ),
  );
});

test('keys do not change between versions: registered devices would no longer be known', () => {
  const name = { serialNumber: 'PF4XZ19K', oemManufacturerName: 'LENOVO', modelName: '21HMCTO1WW' };
  const facts = {
    serialNumber: 'PF4XZ19K',
    manufacturer: 'LENOVO',
    model: '21HMCTO1WW',
    smbiosUuid: '11112222-3333-4444-5555-666677778888',
    offlineDeviceId: '5a'.repeat(31) + '00',
  };
  const digest = 'ab'.repeat(32);
  assert.deepEqual(identityKeys({ ...name, hash: { digest, facts } }), [
    '5b94584f-2a00-5abe-94a5-70fd81c814a4',
    '8925fd23-cf20-5993-6ad2-e9142baa236a',
    'aa0163a1-125e-9455-19c1-7eccaac54ddc',
    '312c9441-0e96-66a6-850f-20aba35d26ed',
  ]);
  assert.deepEqual(identityKeys({ productKey: '00329-00000-00003-AA606' }), [
    '64932ca2-3251-d15a-0974-ac6027dcc13f',
  ]);
});
