import { defaultAudience } from '../clouds.ts';
import { randomInt } from 'node:crypto';
import type { Context } from '../../registry/context.ts';
import { findApplication } from '../../store/access/applications.ts';
import {
  answerDeviceLogin,
  claimDeviceLogin,
  findDeviceLogin,
  findPendingDeviceLogin,
  insertDeviceLogin,
} from '../../store/access/device-logins.ts';
import { findUser } from '../../store/access/users.ts';
import { digestSecret, newRandomSecret } from '../random-secret.ts';
import { addressGroup } from '../sign-in-limits.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import { authenticateApplication, identifyApplication } from './authenticate-application.ts';
import { issueUserToken, type IssuedToken, type SignedInUser } from './issue-user-token.ts';
import { addRefreshToken } from './refresh-token.ts';
import { readWish, required, wantsRefreshToken, type TokenRequest } from './token-request.ts';

/** How long a user has to sign in, and how often the program can poll. */
export const deviceLoginSeconds = 900;
export const devicePollSeconds = 5;

/** The maximum number of pending sign-ins per application, because anyone who knows its ID can start one. */
const waitingLoginsMax = 2000;

/** No vowels, so that no words result, and no characters that look alike (RFC 8628, 6.1). */
const userCodeLetters = 'BCDFGHJKLMNPQRSTVWXZ';
const userCodeLength = 9;

/** What a program needs to let a user sign in on another device. */
export interface StartedDeviceLogin {
  readonly deviceCode: string;
  /** The code that the user enters. */
  readonly userCode: string;
}

/** Starts a sign-in on another device. Throws TokenError. */
export async function startDeviceLogin(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<StartedDeviceLogin> {
  const { clientId, partnerId } = await identifyApplication(ctx, request);
  // The console runs in a browser, and nobody shall be talked into signing somebody else in to it.
  if (partnerId === undefined) throw new TokenError('unknownApplication', clientId);
  limitDeviceLogins(authority, `${clientId} ${addressGroup(request.address)}`);
  const { audience = defaultAudience, scope } = readWish(authority, request);
  const deviceCode = newRandomSecret();
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + deviceLoginSeconds * 1000);
  const login = { deviceCodeDigest: digestSecret(deviceCode), clientId, audience, scope, expiresAt };
  for (;;) {
    const userCode = newUserCode();
    const result = await insertDeviceLogin(
      ctx.db,
      { ...login, userCode },
      { now, waitingMax: waitingLoginsMax },
    );
    if (result === 'added') return { deviceCode, userCode };
    // Two equal codes at the same time are as good as impossible, and cost one more try.
    if (result === 'full') throw new TokenError('tooManyRequests', '', { retryAfterSeconds: 60 });
  }
}

/** Throws TokenError if this application has recently started too many sign-ins from this address. */
function limitDeviceLogins({ deviceLogins }: TokenAuthority, key: string): void {
  const retryAfterSeconds = deviceLogins.secondsUntilRoom(key);
  if (retryAfterSeconds > 0) throw new TokenError('tooManyRequests', '', { retryAfterSeconds });
  deviceLogins.count(key);
}

function newUserCode(): string {
  return Array.from(
    { length: userCodeLength },
    () => userCodeLetters[randomInt(userCodeLetters.length)],
  ).join('');
}

/** The stored form of a user code that was entered in any case, with or without hyphens and spaces. */
function parseUserCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  return code.length === userCodeLength ? code : undefined;
}

/** A sign-in that is waiting for its user. */
export interface WaitingLogin {
  readonly userCode: string;
  readonly applicationName: string;
  readonly partnerId: string | undefined;
}

/** The sign-in a typed code stands for. Throws TokenError when there is none, or after too many wrong codes. */
export async function findWaitingLogin(
  ctx: Context,
  authority: TokenAuthority,
  attempt: { typed: string; address: string },
): Promise<WaitingLogin> {
  const counted = { name: 'user code', address: attempt.address };
  authority.limits.check(counted);
  const userCode = parseUserCode(attempt.typed);
  const login = userCode && (await findPendingDeviceLogin(ctx.db, userCode, ctx.now()));
  const application = login && (await findApplication(ctx.db, login.clientId));
  if (!application) {
    authority.limits.failed(counted);
    throw new TokenError('unknownDeviceCode');
  }
  return { userCode: login.userCode, applicationName: application.name, partnerId: application.partnerId };
}

/** Lets the waiting program act for the person who signed in. Throws TokenError. */
export async function approveDeviceLogin(
  ctx: Context,
  { userCode }: WaitingLogin,
  { user, hasMfa }: SignedInUser,
): Promise<void> {
  const approval = { userId: user.userId, hasMfa };
  const isAnswered = await answerDeviceLogin(ctx.db, { userCode, approval, now: ctx.now() });
  if (!isAnswered) throw new TokenError('unknownDeviceCode');
}

/** The user declined this sign-in. */
export async function denyDeviceLogin(ctx: Context, { userCode }: WaitingLogin): Promise<void> {
  await answerDeviceLogin(ctx.db, { userCode, approval: undefined, now: ctx.now() });
}

/**
 * Asks whether the person has signed in on the other device. Never says `slow_down`: MSAL does not know it. Throws
 * TokenError, `authorization_pending` while there is no answer.
 */
export async function grantByDeviceCode(
  ctx: Context,
  authority: TokenAuthority,
  request: TokenRequest,
): Promise<IssuedToken> {
  const application = await authenticateApplication(ctx, authority, request);
  // The v1 endpoint calls it `code`.
  const deviceCode = request.form.get('code') || required(request, 'device_code');
  const digest = digestSecret(deviceCode);
  const login = await findDeviceLogin(ctx.db, digest);
  if (!login || login.clientId !== application.clientId) throw new TokenError('unknownDeviceCode');
  if (login.expiresAt <= ctx.now()) throw new TokenError('expiredDeviceCode');
  if (login.status === 'denied') throw new TokenError('authorizationDeclined');
  if (login.status === 'pending') throw new TokenError('authorizationPending');
  const approval = await claimDeviceLogin(ctx.db, digest);
  if (approval === undefined) throw new TokenError('unknownDeviceCode');
  const user = await findUser(ctx.db, approval.userId);
  if (!user?.isEnabled) throw new TokenError('userDisabled');
  const { audience, scope } = login;
  const refreshToken = wantsRefreshToken(request.version, scope)
    ? await addRefreshToken({ ctx, db: ctx.db, authority }, { ...login, ...approval })
    : undefined;
  return issueUserToken(ctx, authority, {
    grant: { application, user, hasMfa: approval.hasMfa, audience, scope, refreshToken },
    request,
  });
}
