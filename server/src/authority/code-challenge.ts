import { hash, timingSafeEqual } from 'node:crypto';

/** RFC 7636: 43 characters of base64url, which is what a SHA-256 digest takes. */
export function isCodeChallenge(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** Whether a verifier is the one behind an S256 challenge (RFC 7636, 4.6), compared in constant time. */
export function isCodeVerifier(verifier: string, challenge: string): boolean {
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const actual = Buffer.from(hash('sha256', verifier, 'base64url'));
  const expected = Buffer.from(challenge);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
