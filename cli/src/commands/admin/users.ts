import { usageError } from '../../cli-error.ts';
import { required } from '../../command.ts';
import { adminAction, defineAdminCommand } from './admin-command.ts';
import { adminOptions, toRoles } from './admin-options.ts';

const partner = required(adminOptions.partner);
const { role } = adminOptions;
const displayName = {
  type: 'string',
  value: 'NAME',
  description: { 'en-US': 'Display name', 'zh-TW': '顯示名稱' },
} as const;

export const adminUsersCommand = defineAdminCommand('users', {
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
    list: adminAction({ options: { partner }, run: ({ users }, values) => users.list(values.partner) }),
    get: adminAction({ argument: 'USER', options: {}, run: ({ users }, _, user) => users.get(user) }),
    create: adminAction({
      argument: 'USER_NAME',
      options: { partner, role: required(role), 'display-name': displayName },
      run: ({ users }, values, userPrincipalName) =>
        users.create(values.partner, {
          userPrincipalName,
          displayName: values['display-name'],
          roles: toRoles(values.role),
        }),
    }),
    update: adminAction({
      argument: 'USER',
      options: {
        'display-name': displayName,
        role,
        enable: {
          type: 'boolean',
          description: { 'en-US': 'Allow the user to sign in', 'zh-TW': '允許使用者登入' },
        },
        disable: {
          type: 'boolean',
          description: {
            'en-US': 'Block the user from signing in, and end their sessions',
            'zh-TW': '禁止使用者登入，並結束其所有工作階段',
          },
        },
      },
      run: ({ users }, values, user) =>
        users.update(user, {
          displayName: values['display-name'],
          roles: values.role && toRoles(values.role),
          isEnabled: chooseEnabled(values),
        }),
    }),
    'reset-password': adminAction({
      argument: 'USER',
      options: {},
      run: ({ users }, _, user) => users.update(user, { resetPassword: true }),
    }),
    delete: adminAction({
      argument: 'USER',
      options: {},
      isFinal: true,
      run: ({ users }, _, user) => users.delete(user),
    }),
  },
});

function chooseEnabled({ enable, disable }: { enable?: boolean | undefined; disable?: boolean | undefined }) {
  if (enable && disable) throw usageError('optionsExclude', { options: '--enable, --disable' });
  return disable ? false : enable;
}
