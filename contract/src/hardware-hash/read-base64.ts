const alphabet = /^[A-Za-z0-9+/]*$/;

/**
 * The bytes of a base64 text; undefined when it is none. Missing padding is tolerated, and so is one `A` too many:
 * devices write hashes so, and Microsoft's own repair is to add or drop a trailing `A`, which is only zeros.
 * https://learn.microsoft.com/autopilot/troubleshooting-faq ("Cannot convert device hash")
 * `memory`: where the bytes go, at its start; new memory is taken when there is none, or too little.
 */
export function readBase64(text: string, memory?: Buffer): Uint8Array | undefined {
  const digits = completeDigits(text);
  if (digits === undefined) return undefined;
  if (typeof Buffer === 'undefined') return readWithAtob(digits);
  return readWithBuffer(digits, memory && memory.length >= digits.length ? memory : undefined);
}

/** The text without padding and without a stray last `A`; undefined when no count of bytes has this length. */
function completeDigits(text: string): string | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const digits = padding === 0 ? text : text.slice(0, -padding);
  if (digits.length % 4 !== 1) return digits;
  return digits.endsWith('A') ? digits.slice(0, -1) : undefined;
}

/**
 * `Buffer` skips what is not base64, takes `-` and `_` for `+` and `/`, and takes characters beyond ASCII for others. So
 * ASCII without those two that gives all the bytes it can is base64, which is found far faster than by a pattern.
 */
function readWithBuffer(digits: string, memory: Buffer | undefined): Uint8Array | undefined {
  const bytes = memory?.subarray(0, memory.write(digits, 'base64')) ?? Buffer.from(digits, 'base64');
  const isComplete = bytes.length * 4 === digits.length * 3;
  const isAscii = isComplete && Buffer.byteLength(digits) === digits.length;
  if (isAscii && !digits.includes('-') && !digits.includes('_')) return bytes;
  return alphabet.test(digits) ? bytes : undefined;
}

/** The same where there is no `Buffer`: browsers. Exported for its test. */
export function readWithAtob(digits: string): Uint8Array | undefined {
  if (!alphabet.test(digits)) return undefined;
  return Uint8Array.from(atob(digits), (character) => character.charCodeAt(0));
}
