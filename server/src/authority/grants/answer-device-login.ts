import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import type { Context } from '../../registry/context.ts';
import { findApplication, type Application } from '../../store/access/applications.ts';
import { answerDeviceLogin, findPendingDeviceLogin } from '../../store/access/device-logins.ts';
import { refuseAfterFailures } from './authenticate-application.ts';
import { signInUser } from './sign-in-user.ts';
import { parseUserCode } from './start-device-login.ts';

/** A sign-in that waits for its person. */
export interface WaitingLogin {
  readonly userCode: string;
  readonly application: Application;
}

/** The sign-in a typed code stands for. Throws TokenError when there is none, or after too many wrong codes. */
export async function findWaitingLogin(
  ctx: Context,
  authority: TokenAuthority,
  attempt: { typed: string; address: string },
): Promise<WaitingLogin> {
  const key = `user code ${attempt.address}`;
  refuseAfterFailures(ctx, authority, key);
  const userCode = parseUserCode(attempt.typed);
  const login = userCode && (await findPendingDeviceLogin(ctx.db, userCode, ctx.now()));
  const application = login && (await findApplication(ctx.db, login.clientId));
  if (!application) {
    authority.failures.count(key, ctx.now());
    throw new TokenError('unknownDeviceCode');
  }
  return { userCode: login.userCode, application };
}

/** Signs the person in for the waiting program. Throws TokenError. */
export async function approveDeviceLogin(
  ctx: Context,
  authority: TokenAuthority,
  attempt: { login: WaitingLogin; userName: string; password: string; address: string },
): Promise<void> {
  const { userCode, application } = attempt.login;
  const user = await signInUser(ctx, authority, { ...attempt, partnerId: application.partnerId });
  const isAnswered = await answerDeviceLogin(ctx.db, { userCode, userId: user.userId, now: ctx.now() });
  if (!isAnswered) throw new TokenError('unknownDeviceCode');
}

/** The person does not want this sign-in. */
export async function denyDeviceLogin(ctx: Context, { userCode }: WaitingLogin): Promise<void> {
  await answerDeviceLogin(ctx.db, { userCode, userId: undefined, now: ctx.now() });
}
