import { randomInt } from 'node:crypto';
import { digestSecret, newRandomSecret } from '../random-secret.ts';
import type { TokenAuthority } from '../token-authority.ts';
import type { Context } from '../../registry/context.ts';
import { insertDeviceLogin } from '../../store/access/device-logins.ts';
import { identifyApplication } from './authenticate-application.ts';
import { defaultAudience, readWish, type TokenRequest } from './token-request.ts';

/** How long a person has to sign in, and how often the program may ask. */
export const deviceLoginSeconds = 900;
export const devicePollSeconds = 5;

/** No vowels, so that no words come out, and nothing that is mistaken for something else (RFC 8628, 6.1). */
const userCodeLetters = 'BCDFGHJKLMNPQRSTVWXZ';
const userCodeLength = 9;

/** What a program needs to let a person sign in on another device. */
export interface StartedDeviceLogin {
  readonly deviceCode: string;
  /** For the person, in two groups. */
  readonly userCode: string;
}

/** Begins a sign-in on another device. Throws TokenError. */
export async function startDeviceLogin(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<StartedDeviceLogin> {
  const { clientId } = await identifyApplication(ctx, request);
  const { audience = defaultAudience, scope } = readWish(authority, request);
  const deviceCode = newRandomSecret();
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + deviceLoginSeconds * 1000);
  const login = { deviceCodeDigest: digestSecret(deviceCode), clientId, audience, scope, expiresAt };
  let userCode = newUserCode();
  // Two codes of the same letters at the same time are as good as impossible, and cost one more try.
  while (!(await insertDeviceLogin(ctx.db, { ...login, userCode }, now))) userCode = newUserCode();
  return { deviceCode, userCode };
}

function newUserCode(): string {
  return Array.from(
    { length: userCodeLength },
    () => userCodeLetters[randomInt(userCodeLetters.length)],
  ).join('');
}

/** A user code as it is stored, from what a person typed: any case, with or without hyphens and spaces. */
export function parseUserCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  return code.length === userCodeLength ? code : undefined;
}
