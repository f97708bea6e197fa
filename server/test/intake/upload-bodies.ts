import { encodeHardwareHash } from '@muster/contract/testing/encode-hardware-hash';
import fc from 'fast-check';
import type { UploadBody } from '../../src/intake/parse-task.ts';

const hash = encodeHardwareHash({ serialNumber: 'SN-1', manufacturer: 'Contoso', model: 'Book 3' });
const changed = `${hash.slice(0, 100)}${hash[100] === 'A' ? 'B' : 'A'}${hash.slice(101)}`;

/** Hashes as clients send them: good, unpadded, with space around, in an unknown form, changed, no base64, short, none. */
const hashText = fc.oneof(
  fc.constantFrom(
    hash,
    ` ${hash}\n`,
    `${hash}A`,
    changed,
    hash.replace('A', '-'),
    hash.replace('A', 'Ł'),
    '',
  ),
  fc.nat(99).map((byte) =>
    Buffer.alloc(1500 + byte, byte)
      .toString('base64')
      .replace(/=+$/, ''),
  ),
  fc.string({ maxLength: 30 }),
);

const text = fc.option(fc.string({ unit: 'grapheme', maxLength: 20 }), { nil: undefined });

/** Devices of an upload, in all sorts. */
export const arbitraryDevices = fc.array(
  fc.record(
    {
      serialNumber: text,
      productKey: text,
      oemManufacturerName: text,
      modelName: text,
      hardwareHash: hashText,
      policies: fc.constantFrom([], [{ key: 'OOBE', value: 'policy' }], null),
      unknown: fc.constantFrom(hash, [hash], { [hash]: 1 }),
    },
    { requiredKeys: [] },
  ),
  { minLength: 1, maxLength: 8 },
);

/** An upload with its device ids, which are new each time, as their places. */
export function withoutIds({ upload, ...read }: UploadBody): unknown {
  const ids = (JSON.parse(upload.devices.json) as { deviceId: string }[]).map((device) => device.deviceId);
  const place = (json: string): string =>
    ids.reduce((changing, id, index) => changing.replaceAll(id, `device ${index}`), json);
  const { bytes, deviceIds, ...places } = upload.hashes;
  return {
    ...read,
    count: upload.devices.count,
    json: place(upload.devices.json),
    hashes: { ...places, deviceIds: place(deviceIds), bytes: bytes.toString('base64') },
  };
}

/** A hash of 4,000 characters whose checksum holds. */
export { hash as goodHash };
