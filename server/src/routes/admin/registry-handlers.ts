import type { NewAdministrator } from '@muster/contract/admin/administrator';
import { createAdministrator } from '../../operations/admin/create-administrator.ts';
import { deleteAdministrator } from '../../operations/admin/delete-administrator.ts';
import { deleteKey } from '../../operations/admin/delete-key.ts';
import { listAdministrators } from '../../operations/admin/list-administrators.ts';
import { listKeys } from '../../operations/admin/list-keys.ts';
import { rotateKey } from '../../operations/admin/rotate-key.ts';
import { pageOf, type AdminCall } from './admin-call.ts';

/** /admin/v1/signing-keys and /admin/v1/administrators */
export const registryHandlers = {
  listSigningKeys: ({ ctx }: AdminCall) => listKeys(ctx),
  rotateSigningKey: ({ ctx }: AdminCall) => rotateKey(ctx),
  deleteSigningKey: ({ ctx, param }: AdminCall) => deleteKey(ctx, param('keyId')),
  listAdministrators: (call: AdminCall) => listAdministrators(call.ctx, pageOf(call)),
  createAdministrator: ({ ctx, body }: AdminCall<NewAdministrator>) => createAdministrator(ctx, body),
  deleteAdministrator: ({ ctx, caller, param }: AdminCall) =>
    deleteAdministrator(ctx, caller, param('administratorId')),
};
