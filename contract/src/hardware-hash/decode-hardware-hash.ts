import { hash } from 'node:crypto';
import { layout } from './hardware-hash-layout.ts';
import type { DecodedHardwareHash, UnusableHardwareHash, UnusableHashReason } from './hardware-hash.ts';
import { parseHardwareHash } from './parse-hardware-hash.ts';
import { readBase64 } from './read-base64.ts';

/**
 * Decodes the text of a hardware hash and says whether it can be used, and what it says. Never throws; the time is
 * proportional to the text. A hash in a form we do not know is usable: only what is plainly broken is refused.
 * Nothing of it may be logged or answered: it is a secret. `bytes`: what the text says, where it was
 * read before.
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
