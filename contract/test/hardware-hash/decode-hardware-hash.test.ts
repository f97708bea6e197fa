import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decodeHardwareHash } from '../../src/hardware-hash/decode-hardware-hash.ts';
import { encodeHardwareHash, encodeHashText } from '../../testing/encode-hardware-hash.ts';
import type { HardwareHashFacts } from '../../src/hardware-hash/hardware-hash.ts';
import { arbitraryFacts } from './arbitrary-facts.ts';

const facts = { serialNumber: 'PF4XZ19K', manufacturer: 'LENOVO', model: '21HMCTO1WW' };
const hash = encodeHardwareHash(facts);

/** Records as `[type, data]`, laid out by hand so that the encoder does not vouch for itself. */
function layOut(
  records: readonly (readonly [number, Buffer])[],
  options: { checksum?: Buffer | 'none' } = {},
) {
  const parts = records.map(([type, data]) => Buffer.concat([uint16(type), uint16(data.length + 4), data]));
  const total = parts.reduce((sum, part) => sum + part.length, 4);
  const content = Buffer.concat([Buffer.from('OA'), uint16(total), ...parts]);
  const digest = options.checksum ?? createHash('sha256').update(content).digest();
  const end = digest === 'none' ? [] : [Buffer.from('CS'), uint16(36), digest];
  const whole = Buffer.concat([content, ...end]);
  return Buffer.concat([whole, Buffer.alloc(3000 - whole.length)]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value & 0xff, value >> 8]);
}

const serialRecord = [14, encodeHashText('PF4XZ19K')] as const;
const makerRecord = [16, encodeHashText('LENOVO')] as const;

function decodedFacts(text: string): HardwareHashFacts | undefined {
  const decoded = decodeHardwareHash(text);
  assert.ok(decoded.usable, `unusable: ${decoded.usable ? '' : decoded.reason}`);
  return decoded.facts;
}

function reasonFor(text: string): string {
  const decoded = decodeHardwareHash(text);
  return decoded.usable ? 'usable' : decoded.reason;
}

test('decoding gives back the facts that were encoded, and the encoder writes 4,000 characters', () => {
  fc.assert(
    fc.property(arbitraryFacts, (written) => {
      const text = encodeHardwareHash(written);
      assert.equal(text.length, 4000);
      assert.deepEqual(decodedFacts(text), written);
    }),
  );
});

test('a hash laid out by hand is read: byte-reversed UUID, TPM id behind its ten bytes, version and time', () => {
  const tool = Buffer.from('00000a00e803466200000a00e8034662d3177c2ae4020908', 'hex');
  const text = layOut([
    [1, tool],
    [11, Buffer.from(`00000000010020000000${'5a'.repeat(32)}`, 'hex')],
    [12, Buffer.from('33221100554477668899aabbccddeeff', 'hex')],
    serialRecord,
    makerRecord,
    [17, encodeHashText('21HMCTO1WW')],
    [24, encodeHashText('3305012345678')],
  ]).toString('base64');
  assert.deepEqual(decodedFacts(text), {
    ...facts,
    smbiosUuid: '00112233-4455-6677-8899-aabbccddeeff',
    offlineDeviceId: '5a'.repeat(32),
    productKeyId: '3305012345678',
    osVersion: '10.0.25158.1000',
    generatedAt: new Date('2022-08-02T17:13:55Z'),
  });
});

test('any text is answered, never thrown at', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 5000 }), fc.base64String({ maxLength: 8000 })), (text) => {
      assert.equal(typeof decodeHardwareHash(text).usable, 'boolean');
    }),
  );
});

test('any bytes behind OA are answered, never thrown at, and nothing unprintable comes out', () => {
  const bytes = fc.uint8Array({ minLength: 1000, maxLength: 3000 });
  const head = fc.tuple(fc.nat(3100), fc.array(fc.tuple(fc.nat(30), fc.nat(300)), { maxLength: 20 }));
  fc.assert(
    fc.property(bytes, head, (random, [total, records]) => {
      const data = Buffer.from(random);
      data.write('OA', 'latin1');
      data.writeUInt16LE(total, 2);
      let at = 4;
      for (const [type, length] of records) {
        if (at + 4 > data.length) break;
        data.writeUInt16LE(type, at);
        data.writeUInt16LE(length, at + 2);
        at += length;
      }
      const decoded = decodeHardwareHash(data.toString('base64'));
      // oxlint-disable-next-line no-control-regex -- finding control characters is the point.
      if (decoded.usable) assert.doesNotMatch(JSON.stringify(decoded.facts), /[\u0000-\u001f\u007f-\u009f]/);
    }),
    { numRuns: 500 },
  );
});

test('one changed character never makes a hash say something else: it is refused, opaque, or says the same', () => {
  const contentCharacters = 57;
  for (let at = 0; at < 120; at++) {
    for (const other of ['A', 'b', '7', '+', '*', ' ']) {
      if (hash[at] === other) continue;
      const decoded = decodeHardwareHash(`${hash.slice(0, at)}${other}${hash.slice(at + 1)}`);
      if (decoded.usable && decoded.facts) assert.deepEqual(decoded.facts, facts, `${other} at ${at}`);
      if (decoded.usable && !decoded.facts) assert.ok(at < 3, `opaque with ${other} at ${at}`);
      if (at >= 3 && at < contentCharacters) assert.equal(decoded.usable, false, `${other} at ${at}`);
    }
  }
});

test('white space around a hash does not matter; inside it is no base64', () => {
  assert.deepEqual(decodedFacts(` \r\n\t${hash}\n`), facts);
  assert.equal(reasonFor(`${hash.slice(0, 2000)}\r\n${hash.slice(2000)}`), 'not-base64');
});

test('missing padding, too much of it, and an A more or less at the end are tolerated and change no digest', () => {
  const spellings = [hash, hash.slice(0, -1), hash.slice(0, -2), hash.slice(0, -3), `${hash}A`, `${hash}=`];
  for (const text of [...spellings, `${hash.slice(0, -1)}=`, `${hash.slice(0, -2)}==`, `${hash}AA==`]) {
    const decoded = decodeHardwareHash(text);
    assert.ok(decoded.usable, text.slice(-6));
    assert.deepEqual([decoded.facts, decoded.digest], [facts, digestOf(hash)]);
  }
});

function digestOf(text: string): string {
  const decoded = decodeHardwareHash(text);
  assert.ok(decoded.usable);
  return decoded.digest;
}

test('what is not base64 is said so: other characters, padding in the middle, a length that no bytes have', () => {
  const long = 'x'.repeat(1600);
  for (const text of [
    `${long}-${long}`,
    `${long}_${long}`,
    `${long}=${long}`,
    `${long}ł${long}`,
    `${long}===`,
  ])
    assert.equal(reasonFor(text), 'not-base64', text.slice(1598, 1604));
  assert.equal(reasonFor(`${long}x`), 'not-base64');
});

test('less than 1,000 bytes is too short: the old form, the dummies of the documentation, nothing at all', () => {
  for (const text of [
    'DummyHash123',
    'T0FzAQEAHAAAAAoA6AOCOgEABgBgW7EdzorHH3g',
    '',
    '  ',
    hash.slice(0, 1332),
  ])
    assert.equal(reasonFor(text), 'too-short');
});

test('a hash whose records or checksum reach past its end is truncated', () => {
  const big = layOut([[40, Buffer.alloc(1500, 1)], serialRecord, makerRecord]);
  const contentBytes = big.readUInt16LE(2);
  assert.equal(reasonFor(big.subarray(0, contentBytes - 1).toString('base64')), 'truncated');
  assert.equal(reasonFor(big.subarray(0, contentBytes + 35).toString('base64')), 'truncated');
  assert.equal(reasonFor(big.subarray(0, contentBytes + 36).toString('base64')), 'usable');
  for (const total of [0, 3, 3001]) {
    const broken = Buffer.from(big);
    broken.writeUInt16LE(total, 2);
    assert.equal(reasonFor(broken.toString('base64')), 'truncated');
  }
  for (const length of [0, 3, 2000]) {
    const broken = Buffer.from(big);
    broken.writeUInt16LE(length, 6);
    assert.equal(reasonFor(broken.toString('base64')), 'truncated');
  }
});

test('a wrong checksum is said before a missing serial number: the text was changed', () => {
  const wrong = { checksum: Buffer.alloc(32, 7) };
  assert.equal(reasonFor(layOut([serialRecord, makerRecord], wrong).toString('base64')), 'checksum');
  assert.equal(reasonFor(layOut([makerRecord], wrong).toString('base64')), 'checksum');
});

test('a hash without checksum record is read, and a checksum counted in the length is verified', () => {
  const none = layOut([serialRecord, makerRecord], { checksum: 'none' });
  assert.equal(decodedFacts(none.toString('base64'))?.serialNumber, 'PF4XZ19K');
  const counted = layOut([serialRecord, makerRecord], { checksum: 'none' });
  const end = counted.readUInt16LE(2);
  counted.writeUInt16LE(end + 36, 2);
  const digest = createHash('sha256').update(counted.subarray(0, end)).digest();
  Buffer.concat([Buffer.from('CS'), uint16(36), digest]).copy(counted, end);
  assert.equal(reasonFor(counted.toString('base64')), 'usable');
  counted.writeUInt8(counted.readUInt8(end + 4) ^ 1, end + 4);
  assert.equal(reasonFor(counted.toString('base64')), 'checksum');
});

test('serial number and manufacturer must be inside: absent, empty, blank or unprintable is missing', () => {
  assert.equal(reasonFor(layOut([makerRecord]).toString('base64')), 'no-serial-number');
  assert.equal(reasonFor(layOut([serialRecord]).toString('base64')), 'no-manufacturer');
  for (const data of ['\0', '   \0', 'A\u0007B\0', '\u009b1\0', `${'A'.repeat(300)}\0`].map((t) =>
    Buffer.from(t, 'latin1'),
  ))
    assert.equal(reasonFor(layOut([[14, data], makerRecord]).toString('base64')), 'no-serial-number');
});

test('what is no OA but long enough is usable and opaque: we do not refuse what we cannot read', () => {
  const opaque = Buffer.alloc(1000, 'another form').toString('base64');
  const decoded = decodeHardwareHash(opaque);
  assert.ok(decoded.usable);
  assert.equal(decoded.facts, undefined);
  assert.equal(decoded.bytes.length, 1000);
  assert.equal(decoded.digest, createHash('sha256').update(decoded.bytes).digest('hex'));
});

test('records we do not know are skipped, and of two of one type the first counts', () => {
  const records = [
    [40, Buffer.from('x')],
    [9999, Buffer.alloc(0)],
    serialRecord,
    [14, encodeHashText('OTHER')],
    makerRecord,
  ] as const;
  assert.deepEqual(decodedFacts(layOut(records).toString('base64')), {
    serialNumber: 'PF4XZ19K',
    manufacturer: 'LENOVO',
  });
});

test('a device id that comes from no TPM is left out: cloned disks share it', () => {
  for (const source of ['02', '03', '00']) {
    const id = Buffer.from(`00000000${source}0020000000${'5a'.repeat(32)}`, 'hex');
    assert.equal(
      decodedFacts(layOut([[11, id], serialRecord, makerRecord]).toString('base64'))?.offlineDeviceId,
      undefined,
    );
  }
});

test('the encoder refuses what does not fit in 3,000 bytes', () => {
  assert.throws(() => encodeHardwareHash(facts, [{ type: 25, data: Buffer.alloc(3000) }]), RangeError);
});
