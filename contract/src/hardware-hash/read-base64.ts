const alphabet = /^[A-Za-z0-9+/]*$/;

/**
 * The bytes of a base64 text; undefined if it is not base64. Missing padding and one extra `A` are tolerated: some
 * devices write hashes that way, and Microsoft's own fix is to add or remove a trailing `A`, which only encodes zeros.
 * https://learn.microsoft.com/autopilot/troubleshooting-faq ("Cannot convert device hash")
 * The bytes are written to the start of `memory` if it is given and large enough, otherwise to new memory.
 */
export function readBase64(text: string, memory?: Buffer): Uint8Array | undefined {
  const digits = completeDigits(text);
  if (digits === undefined) return undefined;
  if (typeof Buffer === 'undefined') return readWithAtob(digits);
  return readWithBuffer(digits, memory && memory.length >= digits.length ? memory : undefined);
}

/** The text without padding and an extra `A` at the end; undefined if its length is not possible for base64. */
function completeDigits(text: string): string | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = padding === 0 ? text : text.slice(0, -padding);
  if (digits.length % 4 !== 1) return digits;
  return digits.endsWith('A') ? digits.slice(0, -1) : undefined;
}

/**
 * `Buffer` skips characters that are not base64, reads `-` and `_` as `+` and `/`, and misreads characters beyond ASCII.
 * So ASCII text without those two that yields the full number of bytes is base64. This is much faster than a pattern.
 */
function readWithBuffer(digits: string, memory: Buffer | undefined): Uint8Array | undefined {
  const bytes = memory?.subarray(0, memory.write(digits, 'base64')) ?? Buffer.from(digits, 'base64');
  const isComplete = bytes.length * 4 === digits.length * 3;
  const isAscii = isComplete && Buffer.byteLength(digits) === digits.length;
  if (isAscii && !digits.includes('-') && !digits.includes('_')) return bytes;
  return alphabet.test(digits) ? bytes : undefined;
}

/** The same for browsers, which have no `Buffer`. Exported for its test. */
export function readWithAtob(digits: string): Uint8Array | undefined {
  if (!alphabet.test(digits)) return undefined;
  return Uint8Array.from(atob(digits), (character) => character.charCodeAt(0));
}
