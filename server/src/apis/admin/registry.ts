import type { NewAdministrator } from '@muster/contract/admin/administrator';
import { createAdministrator } from './operations/create-administrator.ts';
import { deleteAdministrator } from './operations/delete-administrator.ts';
import { deleteKey } from './operations/delete-key.ts';
import { listAdministrators } from './operations/list-administrators.ts';
import { listKeys } from './operations/list-keys.ts';
import { rotateKey } from './operations/rotate-key.ts';
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
