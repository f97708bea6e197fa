import { issueAccessToken, type AccessToken, type TokenAuthority } from '../token-authority.ts';
import type { Caller } from '../../registry/caller.ts';
import type { Context } from '../../registry/context.ts';
import { defaultAudience } from './token-request.ts';

/**
 * Exchanges a verified token for one of Partner Center's own, as SDK 1.x and old scripts do (`wire.md` 7). It says the
 * same of the caller and ends no later than the first, so that nobody stays signed in by exchanging over and over.
 */
export async function exchangeToken(
  ctx: Context,
  authority: TokenAuthority,
  { caller, endsBy }: { caller: Caller; endsBy: number },
): Promise<AccessToken> {
  const { partnerId, clientId, userId, name, roles } = caller;
  const subject = {
    partnerId,
    clientId,
    applicationName: name,
    isPublic: false,
    roles,
    ...(userId !== undefined && { user: { userId, userPrincipalName: name, displayName: name } }),
  };
  return issueAccessToken(authority, subject, { audience: defaultAudience, now: ctx.now(), endsBy });
}
