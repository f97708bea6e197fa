import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** OWASP's smallest recommended cost; about 30 ms here. */
const cost = { N: 16_384, r: 8, p: 1 };

/** A new secret: 256 random bits, in characters that survive shells, forms and URLs. */
export function newClientSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A slow, salted hash of a secret, with its own parameters: `scrypt$N$r$p$salt$hash`. */
export async function hashClientSecret(secret: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(secret, salt, 32, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether a secret is the one behind a hash, compared in constant time. False for a hash it cannot read. */
export async function isClientSecret(secret: string, secretHash: string): Promise<boolean> {
  const [kind, N, r, p, salt, hash] = secretHash.split('$');
  if (kind !== 'scrypt' || salt === undefined || hash === undefined) return false;
  const expected = Buffer.from(hash, 'base64url');
  const options = { N: Number(N), r: Number(r), p: Number(p), maxmem: 256 * 1024 * 1024 };
  const actual = await derive(secret, Buffer.from(salt, 'base64url'), expected.length, options);
  return timingSafeEqual(actual, expected);
}
