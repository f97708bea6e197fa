import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What every authenticator app takes (RFC 6238): SHA-1, six digits, a new code each 30 seconds. */
const stepSeconds = 30;
const digits = 6;

/** A clock may be so many steps off, ahead or behind. */
const stepsOff = 1;

/** A new secret of 160 bits, as RFC 4226 recommends. */
export function newTotpSecret(): Buffer {
  return randomBytes(20);
}

/** The code of a time step (RFC 4226, 5.3). */
export function totpCode(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 0xf) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The time step of a moment. */
export function totpStep(now: Date): number {
  return Math.floor(now.getTime() / 1000 / stepSeconds);
}

/** The time step whose code was typed; undefined when it is none of about now. Takes the same time for all of them. */
export function matchTotp(secret: Buffer, typed: string, now: Date): number | undefined {
  const code = Buffer.from(typed.replace(/\s/g, ''));
  if (code.length !== digits) return undefined;
  const current = totpStep(now);
  const steps = Array.from({ length: 2 * stepsOff + 1 }, (_, position) => current - stepsOff + position);
  const matching = steps.filter((step) => timingSafeEqual(Buffer.from(totpCode(secret, step)), code));
  return matching.at(-1);
}

const base32Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 base32, for bytes in fives: how apps want a secret typed. */
export function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => base32Letters[Number.parseInt(five, 2)]).join('');
}

/** What the QR code says to the app. */
export function totpUri(secret: Buffer, userPrincipalName: string): string {
  const label = `Muster:${encodeURIComponent(userPrincipalName)}`;
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=Muster`;
}
