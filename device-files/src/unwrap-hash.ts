import { decodeHardwareHash } from '@muster/contract/hardware-hash/decode-hardware-hash';
import type { SubmittedDevice } from './device-row.ts';

/** How often a hash may have been encoded; each time adds a third. */
const encodingsMax = 4;

/**
 * Replaces a hardware hash in another spelling by the hash itself: with white space or quotation marks in it, with
 * percent signs, in the base64 alphabet of URLs, as a data URI, in hexadecimal, or base64-encoded once more. Registered
 * as it is, the same machine with its real hash would be another device. Returns whether it did; what does not lead to
 * a hash that can be used stays as it is.
 */
export function unwrapHash(device: SubmittedDevice): boolean {
  const { hardwareHash } = device;
  if (hardwareHash === undefined || isPlain(hardwareHash)) return false;
  let text = hardwareHash;
  for (let count = 0; count < encodingsMax; count += 1) {
    text = toBase64(text);
    const inner = decodeText(text);
    if (inner === undefined) break;
    text = inner;
  }
  if (!isPlain(text) || !decodeHardwareHash(text).usable) return false;
  device.hardwareHash = text;
  return true;
}

/** As nearly all are: base64 of bytes that begin with `OA`. */
function isPlain(text: string): boolean {
  return /^T0[E-H]/.test(text) && !/[^A-Za-z0-9+/=]/.test(text);
}

/** Base64 without what other programs put around it and into it. */
function toBase64(given: string): string {
  const text = given
    .replace(/^data:[^,]*,/i, '')
    .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/[\s"'\p{Cf}]/gu, '');
  const [, hex] = /^(?:0x)?(4f41(?:[0-9a-f]{2})+)$/i.exec(text.replaceAll(/[:-]/g, '')) ?? [];
  if (hex === undefined) return text.replaceAll('-', '+').replaceAll('_', '/');
  const bytes = (hex.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  return btoa(bytes.join(''));
}

/** So many characters show whether base64 holds text: the bytes of a hardware hash are none. */
const sampleLength = 32;

/** The text inside base64, as UTF-8 or UTF-16; undefined when it holds something else. */
function decodeText(base64: string): string | undefined {
  const text = decode(base64.slice(0, sampleLength)) && decode(base64);
  return text !== undefined && /^[\s\w+/=:;,%"-]{8,}$/.test(text) ? text : undefined;
}

function decode(base64: string): string | undefined {
  try {
    const bytes = atob(base64).replace(/^(\xEF\xBB\xBF|\xFF\xFE)/, '');
    const text = bytes[1] === '\0' ? bytes.replaceAll('\0', '') : bytes;
    return /^[\s\x20-\x7E]*$/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
