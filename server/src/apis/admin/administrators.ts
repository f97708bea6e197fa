import { randomUUID, timingSafeEqual } from 'node:crypto';
import { WireError } from '@muster/contract';
import type {
  Administrator,
  AdministratorOnce,
  NewAdministrator,
} from '@muster/contract/admin/administrator';
import { digestSecret, newRandomSecret } from '../../authority/random-secret.ts';
import type { Context } from '../../registry/context.ts';
import {
  deleteAdministrator as eraseAdministrator,
  findAdministratorBySecret,
  insertAdministrator,
  listAdministrators as readAdministrators,
} from '../../store/access/administrators.ts';
import { type AdminCall, type AdminCaller, pageOf, type AdminPage, toPage } from './admin-call.ts';
import { resourceExists, resourceNotFound } from './resource-faults.ts';

/** /admin/v1/administrators */
export const administratorHandlers = {
  listAdministrators: (call: AdminCall) => listAdministrators(call.ctx, pageOf(call)),
  createAdministrator: ({ ctx, body }: AdminCall<NewAdministrator>) => createAdministrator(ctx, body),
  deleteAdministrator: ({ ctx, caller, param }: AdminCall) =>
    deleteAdministrator(ctx, caller, param('administratorId')),
};

/** The name in the log for MUSTER_ADMIN_SECRET. */
const settingName = 'MUSTER_ADMIN_SECRET';

/** The administrator with this secret; undefined if there is none. Only digests are compared and looked up. */
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

/** Administrators by ID, without the one in the setting. */
async function listAdministrators(
  ctx: Context,
  page: AdminPage,
): Promise<{ items: readonly Administrator[]; next?: string }> {
  const { items, ...rest } = await toPage(
    page,
    (part) => readAdministrators(ctx.db, part),
    ({ administratorId }) => administratorId,
  );
  return { items: items.map((one) => ({ ...one, createdAt: one.createdAt.toISOString() })), ...rest };
}

/** Adds an administrator. The response contains the secret. Throws ResourceExists if the name is taken. */
async function createAdministrator(ctx: Context, { name }: NewAdministrator): Promise<AdministratorOnce> {
  const secret = newRandomSecret();
  const administrator = { administratorId: randomUUID(), name, createdAt: ctx.now() };
  const isAdded = await insertAdministrator(ctx.db, { ...administrator, secretDigest: digestSecret(secret) });
  if (!isAdded) throw resourceExists('administrator', 'name');
  return { ...administrator, createdAt: administrator.createdAt.toISOString(), secret };
}

/** Deletes an administrator. Throws ResourceNotFound, or OwnAdministrator, so that one always remains. */
async function deleteAdministrator(
  ctx: Context,
  caller: AdminCaller,
  administratorId: string,
): Promise<void> {
  if (administratorId === caller.administratorId) throw new WireError('OwnAdministrator');
  if (!(await eraseAdministrator(ctx.db, administratorId)))
    throw resourceNotFound('administrator', administratorId);
}
