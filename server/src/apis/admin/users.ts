import type { NewUser, UserChanges } from '@muster/contract/admin/user';
import { createUser } from './operations/create-user.ts';
import { deleteUser } from './operations/delete-user.ts';
import { getUser } from './operations/get-user.ts';
import { listUsers } from './operations/list-users.ts';
import { updateUser } from './operations/update-user.ts';
import { pageOf, type AdminCall } from './admin-call.ts';

/** /admin/v1/partners/{partnerId}/users and /admin/v1/users */
export const userHandlers = {
  listUsers: (call: AdminCall) => listUsers(call.ctx, call.param('partnerId'), pageOf(call)),
  createUser: ({ ctx, hasher, param, body }: AdminCall<NewUser>) =>
    createUser(ctx, hasher, { partnerId: param('partnerId'), input: body }),
  getUser: ({ ctx, param }: AdminCall) => getUser(ctx, param('userId')),
  updateUser: ({ ctx, hasher, param, body }: AdminCall<UserChanges>) =>
    updateUser(ctx, hasher, { idOrName: param('userId'), changes: body }),
  deleteUser: ({ ctx, param }: AdminCall) => deleteUser(ctx, param('userId')),
};
