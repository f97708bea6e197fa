import { randomUUID } from 'node:crypto';
import { digestSecret, newRandomSecret } from '../random-secret.ts';
import type { TokenAuthority } from '../token-authority.ts';
import type { Context } from '../../registry/context.ts';
import type { Db } from '../../store/database.ts';
import { insertRefreshToken } from '../../store/access/refresh-tokens.ts';

/** Adds a refresh token to a family, or begins one, and returns it: it exists nowhere else. */
export async function addRefreshToken(
  { ctx, db, authority }: { ctx: Context; db: Db; authority: TokenAuthority },
  grant: { familyId?: string; clientId: string; userId: string; audience: string },
): Promise<string> {
  const token = newRandomSecret();
  const now = ctx.now();
  const row = {
    tokenDigest: digestSecret(token),
    familyId: grant.familyId ?? randomUUID(),
    clientId: grant.clientId,
    userId: grant.userId,
    audience: grant.audience,
    expiresAt: refreshExpiry(ctx, authority),
  };
  await insertRefreshToken(db, row, now);
  return token;
}

/** When a refresh token given out or used now ends. */
export function refreshExpiry(ctx: Context, authority: TokenAuthority): Date {
  return new Date(ctx.now().getTime() + authority.refreshLifetimeSeconds * 1000);
}
