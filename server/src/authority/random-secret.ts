import { hash, randomBytes } from 'node:crypto';

/** A new secret: 256 random bits, in characters that survive shells, forms and URLs. */
export function newRandomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret with 256 random bits: nobody can guess what is behind it, so it need not be slow. */
export function digestSecret(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
