import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { describeHardwareHash } from '../../src/hardware-hash/describe-hardware-hash.ts';
import { recordType } from '../../src/hardware-hash/hardware-hash-layout.ts';
import { encodeHardwareHash, encodeHashText } from '../../testing/encode-hardware-hash.ts';
import { arbitraryFacts } from './arbitrary-facts.ts';

const facts = { serialNumber: 'A1', manufacturer: 'Contoso', model: 'Book 3' };

/** The record of a network adapter. */
const adapter = (last: number): Buffer =>
  Buffer.from([9, 0, 0, 0, 2, 0x1b, 0x44, 0x11, 0x3a, last, 0, 0, 0, 0]);

test('whatever a hash was made of is told again', () => {
  fc.assert(
    fc.property(arbitraryFacts, (made) => {
      const { offlineDeviceId, ...others } = made;
      const { usable, byteLength, tpm, toolVersion, ...told } = describeHardwareHash(
        encodeHardwareHash(made),
      );
      assert.deepEqual(
        { usable, byteLength, toolVersion },
        { usable: true, byteLength: 3000, toolVersion: made.osVersion },
      );
      assert.equal(tpm?.deviceId, offlineDeviceId);
      assert.deepEqual(told, others);
    }),
  );
});

test('disks, network adapters, processor and TPM are told as their records have them; other records by their type', () => {
  const hash = encodeHardwareHash(facts, [
    { type: recordType.processorName, data: encodeHashText('Fast One') },
    { type: recordType.diskSerialNumber, data: encodeHashText('D-1|Contoso Disk|') },
    { type: recordType.diskSerialNumber, data: encodeHashText('D-2') },
    { type: recordType.networkAddress, data: adapter(0xb7) },
    { type: recordType.networkAddress, data: adapter(0xb8) },
    { type: recordType.networkAddress, data: Buffer.of(9, 0) },
    { type: recordType.tpmDescriptor, data: encodeHashText('TPM-Version:2.0') },
    { type: recordType.tpmEndorsementKey, data: Buffer.alloc(256, 7) },
    { type: 99, data: Buffer.of(1) },
    { type: 22, data: encodeHashText('1.0') },
  ]);
  assert.deepEqual(describeHardwareHash(hash), {
    usable: true,
    byteLength: 3000,
    ...facts,
    processorName: 'Fast One',
    disks: [{ serialNumber: 'D-1', model: 'Contoso Disk' }, { serialNumber: 'D-2' }],
    networkAddresses: ['02:1b:44:11:3a:b7', '02:1b:44:11:3a:b8'],
    tpm: { description: 'TPM-Version:2.0', hasEndorsementKey: true },
    unknownRecordTypes: [99, 22],
  });
});

test('a damaged hash says what is wrong with it, and what it says all the same', () => {
  const hash = encodeHardwareHash(facts);
  const bytes = Buffer.from(hash, 'base64');
  bytes[10] = (bytes[10] ?? 0) ^ 1;
  const damaged = describeHardwareHash(bytes.toString('base64'));
  assert.deepEqual([damaged.usable, damaged.problem, damaged.model], [false, 'checksum', 'Book 3']);
  assert.deepEqual(describeHardwareHash('not base64!'), { usable: false, problem: 'not-base64' });
  assert.deepEqual(describeHardwareHash('DummyHash123'), {
    usable: false,
    problem: 'too-short',
    byteLength: 9,
  });
  assert.deepEqual(describeHardwareHash(Buffer.alloc(2000, 5).toString('base64')), {
    usable: true,
    problem: 'unknown-format',
    byteLength: 2000,
  });
});

test('no bytes make it throw, and its time is bounded by their number', () => {
  const start = encodeHardwareHash(facts);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.nat(200), (noise, at) => {
      const bytes = Buffer.from(start, 'base64');
      bytes.set(noise, at);
      describeHardwareHash(bytes.toString('base64'));
      describeHardwareHash(Buffer.concat([Buffer.from('OA'), noise, bytes]).toString('base64'));
    }),
  );
});
