import { decodeHardwareHash } from '@muster/contract/hardware-hash/decode-hardware-hash';
import type { SubmittedDevice } from './device-row.ts';

/** So many characters show whether base64 holds base64: the bytes of a hardware hash are no text. */
const sampleLength = 32;

/**
 * Replaces a hash that was base64-encoded once more by the hash inside: registered as it is, the same machine with its
 * real hash would be another device. Tells whether it did.
 */
export function unwrapHash(device: SubmittedDevice): boolean {
  const { hardwareHash } = device;
  if (hardwareHash === undefined || decodeText(hardwareHash.slice(0, sampleLength)) === undefined)
    return false;
  const inner = decodeText(hardwareHash);
  if (inner === undefined || !decodeHardwareHash(inner).usable) return false;
  device.hardwareHash = inner;
  return true;
}

/** The base64 text inside base64, as UTF-8 or UTF-16; undefined when there is none. */
function decodeText(base64: string): string | undefined {
  try {
    const bytes = atob(base64);
    const text = bytes[1] === '\0' ? bytes.replaceAll('\0', '') : bytes;
    return /^[A-Za-z0-9+/]{8,}={0,2}\s*$/.test(text) ? text.trim() : undefined;
  } catch {
    return undefined;
  }
}
