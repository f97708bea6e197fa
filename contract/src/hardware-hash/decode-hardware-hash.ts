import { hash } from 'node:crypto';
import { layout } from './hardware-hash-layout.ts';
import type { DecodedHardwareHash, UnusableHardwareHash, UnusableHashReason } from './hardware-hash.ts';
import { parseHardwareHash } from './parse-hardware-hash.ts';
import { readBase64 } from './read-base64.ts';

/**
 * Decodes the text of a hardware hash, and reports whether it is usable and what it contains. Never throws; takes time
 * proportional to the length of the text. A hash in an unknown format is usable: only damaged ones are refused. The hash
 * is a secret: no part of it may be logged or returned. `bytes` are its decoded bytes, if the caller has them already.
 */
export function decodeHardwareHash(text: string, bytes = readBase64(text.trim())): DecodedHardwareHash {
  if (!bytes) return unusable('not-base64');
  const parsed = parseHardwareHash(bytes);
  if (parsed.kind === 'unusable') return unusable(parsed.reason);
  if (parsed.kind === 'opaque')
    return { usable: true, bytes, digest: hash('sha256', bytes), facts: undefined };

  const { facts, contentBytes, hasChecksum } = parsed;
  const digest = hash('sha256', bytes.subarray(0, contentBytes));
  if (hasChecksum && !hasChecksumAt(bytes, contentBytes, digest)) return unusable('checksum');
  return typeof facts === 'string' ? unusable(facts) : { usable: true, bytes, digest, facts };
}

function unusable(reason: UnusableHashReason): UnusableHardwareHash {
  return { usable: false, reason };
}

function hasChecksumAt(bytes: Uint8Array, at: number, digest: string): boolean {
  const checksum = Buffer.from(bytes.buffer, bytes.byteOffset + at + layout.recordHeadBytes, 32);
  return checksum.toString('hex') === digest;
}
