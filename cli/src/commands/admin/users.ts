import { adminOptions, readRoles } from './admin-options.ts';
import { defineAdminCommand } from './define-admin-command.ts';

const { partner, role } = adminOptions;
const path = '/users/{userId}';
const profile = { 'display-name': { member: 'displayName' }, role: { member: 'roles', read: readRoles } };

export const adminUsersCommand = defineAdminCommand('users', {
  options: {
    partner,
    role,
    'display-name': {
      type: 'string',
      value: 'NAME',
      description: { 'en-US': 'The name people see', 'zh-TW': '顯示名稱' },
    },
    enable: {
      type: 'boolean',
      description: { 'en-US': 'The user may sign in', 'zh-TW': '允許使用者登入' },
    },
    disable: {
      type: 'boolean',
      description: {
        'en-US': 'The user may not sign in any more, and what they signed in ends',
        'zh-TW': '禁止使用者登入，並結束其所有登入',
      },
    },
  },
  columns: [
    { title: 'columnUserName', member: 'userPrincipalName' },
    { title: 'columnName', member: 'displayName' },
    { title: 'columnRoles', member: 'roles' },
    { title: 'columnEnabled', member: 'isEnabled' },
    { title: 'columnUserId', member: 'userId' },
  ],
  example: `muster admin users create ada@fabrikam.example --partner 5b9a1c0e-9a77-4f0c-8a53-0d2b1e6a7c11 --role AdminAgents
muster admin users reset-password ada@fabrikam.example`,
  actions: {
    list: {
      operation: 'listUsers',
      method: 'GET',
      path: '/partners/{partnerId}/users',
      needs: ['partner'],
    },
    get: { operation: 'getUser', method: 'GET', path, argument: 'userId' },
    create: {
      operation: 'createUser',
      method: 'POST',
      path: '/partners/{partnerId}/users',
      needs: ['partner', 'role'],
      argumentMember: 'userPrincipalName',
      body: profile,
    },
    update: {
      operation: 'updateUser',
      method: 'PATCH',
      path,
      argument: 'userId',
      body: {
        ...profile,
        enable: { member: 'isEnabled', value: true },
        disable: { member: 'isEnabled', value: false },
      },
    },
    'reset-password': {
      operation: 'updateUser',
      method: 'PATCH',
      path,
      argument: 'userId',
      fixed: { resetPassword: true },
    },
    delete: { operation: 'deleteUser', method: 'DELETE', path, argument: 'userId', isFinal: true },
  },
});
