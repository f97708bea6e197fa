import * as fc from 'fast-check';
import type { HardwareHashFacts } from '../../src/hardware-hash/hardware-hash.ts';

/** A text as firmware may hold it: printable Latin-1, no white space around it. */
export const firmwareText = fc
  .string({ unit: latin1Unit(), minLength: 1, maxLength: 64 })
  .map((text) => text.trim())
  .filter((text) => text !== '');

function latin1Unit() {
  return fc
    .oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0xa0, max: 0xff }))
    .map((code) => String.fromCharCode(code));
}

/** A time in whole seconds that a hash can hold. */
const generatedAt = fc
  .integer({ min: 0, max: 0xffff_ffff })
  .map((seconds) => new Date(Date.UTC(2000, 0, 1) + seconds * 1000));

const osVersion = fc
  .tuple(fc.nat(0xffff), fc.nat(0xffff), fc.nat(0xffff), fc.nat(0xffff))
  .map((parts) => parts.join('.'));

/** Anything a hash can say, with every optional member there or not. */
export const arbitraryFacts: fc.Arbitrary<HardwareHashFacts> = fc
  .record(
    {
      serialNumber: firmwareText,
      manufacturer: firmwareText,
      model: firmwareText,
      smbiosUuid: fc.uuid(),
      offlineDeviceId: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => toHex(bytes)),
      productKeyId: firmwareText,
    },
    { requiredKeys: ['serialNumber', 'manufacturer'] },
  )
  .chain((facts) =>
    fc
      .option(fc.record({ osVersion, generatedAt }), { nil: {} })
      .map((tool) => ({ ...facts, ...tool }) as HardwareHashFacts),
  );

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
