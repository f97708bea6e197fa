import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Node’s `crypto.hash`, as far as the reader of files uses it: browsers have no digest that answers at once. */
export function hash(algorithm: 'sha256', data: string | Uint8Array): string {
  if (algorithm !== 'sha256') throw new TypeError('Only sha256 is served here.');
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data));
}
