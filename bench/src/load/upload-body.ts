import { hash } from 'node:crypto';
import { encodeHardwareHash } from '../../../contract/testing/encode-hardware-hash.ts';
import { formatGuid } from '../../../contract/src/guid.ts';
import { recordType } from '../../../contract/src/hardware-hash/hardware-hash-layout.ts';

/** One call's worth of devices nobody has seen: 4,000 characters of hash each, as a CSV of Windows' script gives them. */
export function uploadDevices(seed: string, count: number): { serialNumber: string; hardwareHash: string }[] {
  return Array.from({ length: count }, (_, index) => uploadDevice(`${seed}-${index}`));
}

function uploadDevice(name: string): { serialNumber: string; hardwareHash: string } {
  const digest = hash('sha256', name);
  const serialNumber = digest.slice(0, 12).toUpperCase();
  const hardwareHash = encodeHardwareHash(
    {
      serialNumber,
      manufacturer: 'Dell Inc.',
      model: 'Latitude 7440',
      smbiosUuid: formatGuid(digest.slice(32)),
      offlineDeviceId: hash('sha256', digest),
      osVersion: '10.0.22631.3296',
      generatedAt: new Date('2024-03-18T08:30:00Z'),
    },
    [{ type: recordType.tpmEndorsementKey, data: noise(name, 256) }],
  );
  return { serialNumber, hardwareHash };
}

/** A real hash is mostly what does not compress. */
function noise(seed: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 64) }, (_, index) =>
    hash('sha512', `${seed}/${index}`, 'buffer'),
  );
  return Buffer.concat(blocks).subarray(0, length);
}
