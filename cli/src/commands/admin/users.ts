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

const requireMfa = {
  type: 'boolean',
  description: {
    'en-US': 'Require a second factor; without an authenticator app, the next sign-in sets one up',
    'zh-TW': '要求第二要素；若尚未設定驗證器應用程式，下次登入時設定',
  },
} as const;

export const adminUsersCommand = defineAdminCommand('users', {
  columns: [
    { title: 'columnUserName', member: 'userPrincipalName' },
    { title: 'columnName', member: 'displayName' },
    { title: 'columnRoles', member: 'roles' },
    { title: 'columnEnabled', member: 'isEnabled' },
    { title: 'columnMfa', member: 'isMfaRegistered' },
    { title: 'columnUserId', member: 'userId' },
  ],
  example: `muster admin users create ada@fabrikam.example --partner 5b9a1c0e-9a77-4f0c-8a53-0d2b1e6a7c11 --role AdminAgents
muster admin users update ada@fabrikam.example --require-mfa
muster admin users reset-password ada@fabrikam.example`,
  actions: {
    list: adminAction({ options: { partner }, run: ({ users }, values) => users.list(values.partner) }),
    get: adminAction({ argument: 'USER', options: {}, run: ({ users }, _, user) => users.get(user) }),
    create: adminAction({
      argument: 'USER_NAME',
      options: { partner, role: required(role), 'display-name': displayName, 'require-mfa': requireMfa },
      run: ({ users }, values, userPrincipalName) =>
        users.create(values.partner, {
          userPrincipalName,
          displayName: values['display-name'],
          roles: toRoles(values.role),
          requiresMfa: values['require-mfa'],
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
        'require-mfa': requireMfa,
        'waive-mfa': {
          type: 'boolean',
          description: {
            'en-US': 'Require no second factor; an authenticator app that is set up is still asked for',
            'zh-TW': '不要求第二要素；已設定的驗證器應用程式仍會使用',
          },
        },
      },
      run: ({ users }, values, user) =>
        users.update(user, {
          displayName: values['display-name'],
          roles: values.role && toRoles(values.role),
          isEnabled: chooseOne(values, 'enable', 'disable'),
          requiresMfa: chooseOne(values, 'require-mfa', 'waive-mfa'),
        }),
    }),
    'reset-mfa': adminAction({
      argument: 'USER',
      options: {},
      run: ({ users }, _, user) => users.update(user, { resetMfa: true }),
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

/** What a pair of opposite options says; undefined when neither is given. Throws a usage error for both. */
function chooseOne<Name extends string>(
  values: { readonly [name in Name]?: boolean | undefined },
  yes: Name,
  no: Name,
): boolean | undefined {
  if (values[yes] && values[no]) throw usageError('optionsExclude', { options: `--${yes}, --${no}` });
  return values[no] ? false : values[yes];
}
