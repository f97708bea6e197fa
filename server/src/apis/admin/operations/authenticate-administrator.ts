import { timingSafeEqual } from 'node:crypto';
import { digestSecret } from '../../../authority/random-secret.ts';
import type { Context } from '../../../registry/context.ts';
import { findAdministratorBySecret } from '../../../store/access/administrators.ts';

/** Who makes a request to the administration API. */
export interface AdminCaller {
  /** For the log. */
  readonly name: string;
  /** Absent for whoever has the secret of the setting. */
  readonly administratorId?: string;
}

/** What MUSTER_ADMIN_SECRET stands for, in the log. */
const settingName = 'MUSTER_ADMIN_SECRET';

/** The administrator with this secret; undefined when it is nobody's. Only digests are compared and looked up. */
export async function authenticateAdministrator(
  ctx: Context,
  secret: string,
  settingDigest: Buffer | undefined,
): Promise<AdminCaller | undefined> {
  const digest = digestSecret(secret);
  if (settingDigest !== undefined && timingSafeEqual(digest, settingDigest)) return { name: settingName };
  const found = await findAdministratorBySecret(ctx.db, digest);
  return found && { name: found.name, administratorId: found.administratorId };
}
