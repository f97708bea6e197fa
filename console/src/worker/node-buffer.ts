import { Buffer } from 'buffer/index.js';

/** Node’s `buffer`, as far as the reader of files uses it. */
export function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 128);
}

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Puts `Buffer` where Node.js has it, and where the reader of files looks for it. */
export function provideBuffer(): void {
  Object.assign(globalThis, { Buffer });
}
