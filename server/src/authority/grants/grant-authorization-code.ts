import { randomUUID } from 'node:crypto';
import { digestSecret, newRandomSecret } from '../random-secret.ts';
import type { TokenAuthority } from '../token-authority.ts';
import { TokenError } from '../token-error.ts';
import type { Context } from '../../registry/context.ts';
import { findApplication } from '../../store/access/applications.ts';
import { insertAuthorizationCode } from '../../store/access/authorization-codes.ts';
import type { AuthorizationRequest } from './check-authorization-request.ts';
import { signInUser } from './sign-in-user.ts';

/** A code is for a program that waits for it. */
const codeSeconds = 300;

/** Signs a user in at the sign-in page and gives the code that the application redeems. Throws TokenError. */
export async function grantAuthorizationCode(
  ctx: Context,
  authority: TokenAuthority,
  attempt: { request: AuthorizationRequest; userName: string; password: string; address: string },
): Promise<string> {
  const { request } = attempt;
  const application = await findApplication(ctx.db, request.clientId);
  if (!application) throw new TokenError('unknownApplication', request.clientId);
  const user = await signInUser(ctx, authority, { ...attempt, partnerId: application.partnerId });
  const code = newRandomSecret();
  const now = ctx.now();
  const row = {
    ...request,
    codeDigest: digestSecret(code),
    familyId: randomUUID(),
    userId: user.userId,
    expiresAt: new Date(now.getTime() + codeSeconds * 1000),
  };
  await insertAuthorizationCode(ctx.db, row, now);
  return code;
}
