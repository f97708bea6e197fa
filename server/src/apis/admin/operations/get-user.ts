import { parseGuid } from '@muster/contract';
import type { Context } from '../../../registry/context.ts';
import { findUser, findUserByName, type User } from '../../../store/access/users.ts';
import { resourceNotFound } from './resource-faults.ts';

/** A user, by id or by sign-in name. Throws ResourceNotFound. */
export async function getUser(ctx: Context, idOrName: string): Promise<User> {
  const userId = parseGuid(idOrName);
  const found = userId === undefined ? await findByName(ctx, idOrName) : await findUser(ctx.db, userId);
  if (!found) throw resourceNotFound('user', idOrName);
  return found;
}

async function findByName(ctx: Context, name: string): Promise<User | undefined> {
  const found = await findUserByName(ctx.db, name);
  if (!found) return undefined;
  const { passwordHash: _, ...user } = found;
  return user;
}
